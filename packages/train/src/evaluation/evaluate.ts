// Evaluation of a trained model on one split, on its own: opens the engine, scores, closes it.
import {
  modelMap,
  requireArgument,
  requireModel,
  type Model,
  type Part,
  type Scores,
  type Split,
} from '@mapping-networks/core';
import { checkPart, checkParts, requireOptions } from '../check-part.ts';
import { emptySplit, noTaskLoss } from '../errors.ts';
import { defaultMetrics } from '../metrics/default-metrics.ts';
import { batchSpecOf } from '../step/batch-spec.ts';
import { implementations, scorersOf } from '../step/scores.ts';
import { compileEvaluator } from './evaluator.ts';
import { checkBatchSize } from './filled-batches.ts';
import { compileMaterializeAlone } from './materialize-alone.ts';

/** What `evaluate` takes: a model, the examples, what to score, and where to run. */
export interface EvaluateOptions {
  readonly model: Model;
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

/**
 * Average task loss and metrics of a model over a split, in evaluation mode.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION, TRAIN_EMPTY_SPLIT, TRAIN_NO_TASK_LOSS, and what the engine throws
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { glyphs } from '@mapping-networks/datasets';
 * import { wasm } from '@mapping-networks/engine-eager';
 * import { crossEntropy } from '@mapping-networks/losses';
 * import { mlp } from '@mapping-networks/targets';
 * import { evaluate } from '@mapping-networks/train';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const { test } = await glyphs({ train: 10, validation: 10, test: 50 }).impl.load();
 * const scores = await evaluate({ model, split: test, loss: crossEntropy(), engine: wasm() });
 * console.log(scores); // { loss: …, accuracy: … }
 * ```
 */
export const evaluate = async (options: EvaluateOptions): Promise<Scores> => {
  requireOptions('evaluate', options);
  const { model, split, loss, engine, batchSize = 256, splitName = 'given' } = options;
  requireModel('evaluate', model);
  requireArgument(
    typeof split?.batch === 'function',
    'evaluate',
    'split',
    'a split, such as test of a loaded dataset',
    split,
  );
  checkPart('loss', 'loss', loss);
  checkPart('engine', 'engine', engine);
  checkBatchSize(batchSize);
  if (split.size === 0) throw emptySplit(splitName);
  if (!loss.impl.perExample) throw noTaskLoss(loss.name);
  const target = model.target.impl;
  if (options.metrics !== undefined) checkParts('metrics', 'metric', options.metrics);
  const map = modelMap(model);
  const batch = batchSpecOf(target, split);
  const metrics =
    options.metrics ?? defaultMetrics(batch.labelType === 'int32' ? 'classification' : 'regression');
  const session = await engine.impl.open();
  try {
    const evaluator = compileEvaluator(session, compileMaterializeAlone(session, map), {
      target,
      scorers: scorersOf(loss.impl, implementations(metrics)),
      batch,
      batchSize: Math.min(batchSize, split.size),
    });
    return (await evaluator.scores(model, split)) ?? { loss: Number.NaN };
  } finally {
    session.dispose();
  }
};
