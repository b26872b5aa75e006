// What can be known to be wrong before the first step.
import { sizeOf, type DatasetSplits, type LossWarning, type ParameterMap } from '@mapping-networks/core';
import {
  emptySplit,
  inputShapeMismatch,
  missingRegularizer,
  noTaskLoss,
  nothingToValidate,
  tooFewOutputs,
} from '../errors.ts';
import type { TrainParts } from './options.ts';
import type { TrainSettings } from './settings.ts';

/**
 * Warnings of the loss about this map.
 *
 * @throws TRAIN_EMPTY_SPLIT, TRAIN_INPUT_SHAPE, TRAIN_TOO_FEW_OUTPUTS, TRAIN_NO_TASK_LOSS, TRAIN_MISSING_REGULARIZER
 */
export const checkRun = (
  parts: TrainParts,
  { patience, restoreBest }: TrainSettings,
  map: ParameterMap,
  splits: DatasetSplits,
): readonly LossWarning[] => {
  const { target, loss, parameterization } = parts;
  if (splits.train.size === 0) throw emptySplit('train');
  const waiting = [...(patience === 'none' ? [] : ['patience']), ...(restoreBest ? ['restoreBest'] : [])];
  if (splits.validation.size === 0 && waiting.length > 0) throw nothingToValidate(waiting);
  checkShapes(target.impl, splits);
  if (!loss.impl.perExample) throw noTaskLoss(loss.name);
  for (const name of loss.impl.requires.regularizers) {
    if (!map.regularizers[name]) throw missingRegularizer(parameterization.name, loss.name, name);
  }
  return loss.impl.check(map);
};

const checkShapes = (target: TrainParts['target']['impl'], { info }: DatasetSplits): void => {
  const { inputShape, outputShape } = target;
  const same = inputShape.join() === info.inputShape.join();
  const flat = inputShape.length === 1 && sizeOf(inputShape) === sizeOf(info.inputShape);
  if (!same && !flat) throw inputShapeMismatch(inputShape, info.inputShape);
  const classes = info.classes.length;
  const outputs = outputShape.at(-1) ?? 1;
  const singleLogit = outputs === 1 && classes === 2;
  if (info.task === 'classification' && outputs < classes && !singleLogit)
    throw tooFewOutputs(outputShape, classes);
};
