// The trainer: any target, parameterization, loss, dataset, optimizer and engine, put together, run, and scored.
import {
  sizeOf,
  type DatasetInfo,
  type DataSummary,
  type DatasetSplits,
  type Model,
  type Scores,
} from '@mapping-networks/core';
import { checkRun } from './run/check-run.ts';
import { fit, type Fitted } from './run/fit.ts';
import { resolveParts, type TrainOptions } from './run/options.ts';
import { resolveSettings, type TrainSettings } from './run/settings.ts';
import { openMap } from './run/start.ts';
import { gapOf, type TrainResult } from './run/result.ts';
import { openRun, warn, type Run } from './run/run.ts';
import { scoreSplit } from './run/score.ts';
import type { RunState } from './step/state.ts';

/**
 * Trains the trainables of a parameterization of a target, and scores the result.
 *
 * Each step generates the target's parameters, applies the target to a batch, and takes the optimizer's step on the
 * gradient of the loss. The validation split is scored while training, the test split once, at the end; either may be
 * empty and then has no scores, validation unless `patience` or `restoreBest` goes by them. The same options and engine
 * give the same bits on one machine and Node version. With a `signal`, an aborted run ends after the step that is being
 * done and resolves without final scores.
 *
 * With `checkpoints`, the run can be taken up again by `resume`, after an abort or a crash at any moment, and comes to
 * the bits of an uninterrupted one: docs/guides/checkpoints.md. With `from`, it trains a network on.
 *
 * @throws TRAIN_UNKNOWN_OPTION, TRAIN_INVALID_OPTION, TRAIN_INVALID_PART, TRAIN_INPUT_SHAPE, TRAIN_TOO_FEW_OUTPUTS,
 * TRAIN_EMPTY_SPLIT, TRAIN_NO_TASK_LOSS, TRAIN_MISSING_REGULARIZER, TRAIN_FOREIGN_START, TRAIN_MISSING_CONSTANTS and
 * TRAIN_FOREIGN_CHECKPOINT before the first step; TRAIN_NON_FINITE_LOSS, TRAIN_NON_FINITE_STATE and
 * TRAIN_CALLBACK_FAILED while training; and what dataset, engine and checkpoints throw
 * @example
 * ```ts
 * import { mapping } from '@mapping-networks/core';
 * import { glyphs } from '@mapping-networks/datasets';
 * import { wasm } from '@mapping-networks/engine-eager';
 * import { crossEntropy } from '@mapping-networks/losses';
 * import { cnn2 } from '@mapping-networks/targets';
 * import { train } from '@mapping-networks/train';
 * const result = await train({
 *   target: cnn2(),
 *   parameterization: mapping({ latentDim: 2048 }),
 *   loss: crossEntropy(),
 *   dataset: glyphs({ train: 1280, validation: 256, test: 256 }),
 *   engine: wasm(),
 *   epochs: 1,
 * });
 * console.log(result.steps, result.test); // 10 { loss: …, accuracy: … }
 * ```
 */
export const train = async (options: TrainOptions): Promise<TrainResult> => {
  const parts = resolveParts(options);
  const requested = resolveSettings(options, options.parameterization.impl.learningRate);
  const { signal, checkpoints, resume, from, now = () => performance.now() } = options;
  const splits = options.splits ?? (await parts.dataset.impl.load(signal ? { signal } : {}));
  const map = openMap(parts, from);
  const settings = fitted(requested, splits);
  const found = checkRun(parts, settings, map, splits);
  const session = await parts.engine.impl.open();
  try {
    const run = openRun(session, { parts, settings, splits, map, signal, checkpoints, resume, from, now });
    await announce(run, session.description);
    await warn(run, [...(options.warnings ?? []), ...found]);
    return await complete(run, await fit(run), session.description);
  } finally {
    session.dispose();
  }
};

/** A batch is never larger than the split. */
const fitted = (settings: TrainSettings, { train: { size } }: DatasetSplits): TrainSettings =>
  Object.freeze({ ...settings, batchSize: Math.min(settings.batchSize, size) });

const announce = ({ map, settings, start, steps, splits, events }: Run, engine: string): Promise<void> =>
  events.emit({
    type: 'start',
    step: start.step,
    steps,
    epochs: settings.epochs,
    trainables: map.trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    targetParameters: map.space.size,
    dataset: splits.info,
    engine,
  });

/** Final scores, the last event, and the result. */
const complete = async (run: Run, fit: Fitted, engine: string): Promise<TrainResult> => {
  const { parts, settings, splits, warnings } = run;
  const { reason, history, seconds } = fit;
  const best = reason === 'aborted' ? undefined : fit.best;
  const state = best?.state ?? fit.state;
  const trainLimit = settings.trainScoreLimit === 'all' ? undefined : settings.trainScoreLimit;
  const train = await scoreSplit(run, 'train', state, trainLimit);
  const closed = state.position === 0 ? history[state.epoch - 1] : undefined;
  const validated = closed?.validation;
  const validation = validated ?? (await scoreSplit(run, 'validation', state));
  const test = await scoreSplit(run, 'test', state);
  const ended = run.signal?.aborted ? 'aborted' : reason;
  await run.events.emit({ type: 'end', reason: ended });
  const gap = gapOf(parts.metrics[0], train, test);
  return {
    reason: ended,
    model: modelOf(run, state, { train, validation, test }),
    history,
    ...(train && { train }),
    ...(validation && { validation }),
    ...(test && { test }),
    ...(gap !== undefined && { gap }),
    seconds,
    steps: fit.state.step,
    warnings,
    settings,
    parts,
    dataset: splits.info,
    engine,
    state,
    ...(best && { restoredEpoch: best.epoch }),
  };
};

type SplitScores = Readonly<Record<'train' | 'validation' | 'test', Scores | undefined>>;

const modelOf = ({ parts, splits, from }: Run, state: RunState, scores: SplitScores): Model => ({
  target: parts.target,
  parameterization: parts.parameterization,
  trainables: state.trainables,
  buffers: state.buffers,
  ...(from?.constants && { constants: from.constants }),
  data: summary(splits.info),
  metrics: Object.fromEntries(
    Object.entries(scores).flatMap(([split, values = {}]) =>
      Object.entries(values).map(([name, value]): [string, number] => [`${split}.${name}`, value]),
    ),
  ),
});

const summary = ({ name, inputShape, task, classes, normalization }: DatasetInfo): DataSummary => ({
  name,
  inputShape,
  task,
  classes,
  normalization,
});
