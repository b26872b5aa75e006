// What networks are scored on, and by what: shared by whoever scores one network and whoever scores many.
import { requireArgument, type Part, type Split, type Target } from '@mapping-networks/core';
import { checkPart, checkParts } from '../check-part.ts';
import { emptySplit, noTaskLoss } from '../errors.ts';
import { defaultMetrics } from '../metrics/default-metrics.ts';
import { batchSpecOf } from '../step/batch-spec.ts';
import { implementations, scorersOf } from '../step/scores.ts';
import type { EvaluatorSetting } from './evaluator.ts';
import { checkBatchSize } from './filled-batches.ts';

/** The examples, what to score, and where to run. */
export interface EvaluationOptions {
  readonly split: Split;
  /** Its task loss is what `loss` averages. */
  readonly loss: Part<'loss'>;
  readonly engine: Part<'engine'>;
  /** By default accuracy for class labels, mean absolute error for values. */
  readonly metrics?: readonly Part<'metric'>[];
  /** Examples in one forward pass; changes memory and speed, not the result. Default 256. */
  readonly batchSize?: number;
  /** What an error calls the split, such as `'validation'`. Default `'given'`. */
  readonly splitName?: string;
}

/** @throws CORE_INVALID_ARGUMENT, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION, TRAIN_EMPTY_SPLIT, TRAIN_NO_TASK_LOSS */
export const checkEvaluation = (call: string, options: EvaluationOptions): void => {
  const { split, loss, engine, metrics, batchSize = 256, splitName = 'given' } = options;
  const given = typeof split?.batch === 'function';
  requireArgument(given, call, 'split', 'a split, such as test of a loaded dataset', split);
  checkPart('loss', 'loss', loss);
  checkPart('engine', 'engine', engine);
  checkBatchSize(batchSize);
  if (split.size === 0) throw emptySplit(splitName);
  if (!loss.impl.perExample) throw noTaskLoss(loss.name);
  if (metrics !== undefined) checkParts('metrics', 'metric', metrics);
};

/** What the scores of networks with this target are compiled from. */
export const evaluatorSetting = (
  target: Target,
  { split, loss, metrics, batchSize = 256 }: EvaluationOptions,
): EvaluatorSetting => {
  const batch = batchSpecOf(target, split);
  const task = batch.labelType === 'int32' ? 'classification' : 'regression';
  return {
    target,
    scorers: scorersOf(loss.impl, implementations(metrics ?? defaultMetrics(task))),
    batch,
    batchSize: Math.min(batchSize, split.size),
  };
};
