// One epoch: every full batch of a seeded order once, from wherever the state stands in it.
import type { Batch, EpochRecord, NamedArrays, Split } from '@mapping-networks/core';
import { unprefixed } from '@mapping-networks/core';
import { nonFiniteLoss } from '../errors.ts';
import { averages } from '../evaluation/evaluator.ts';
import { mapNamed } from '../named.ts';
import type { TrainingStep } from '../step/compile-step.ts';
import { augmentKey, epochOrder } from '../step/draws.ts';
import type { RunState } from '../step/state.ts';
import type { Failure } from './roll-back.ts';

/** What a finished step tells. */
export interface StepReport {
  readonly state: RunState;
  readonly loss: number;
  readonly learningRate: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly terms: Readonly<Record<string, number>>;
}

export interface EpochSetting {
  readonly step: TrainingStep;
  readonly split: Split;
  readonly seed: number;
  readonly batchSize: number;
  /** Of the step after this state. */
  readonly learningRate: (state: RunState) => number;
  /** Told of every step; a failure that it finds ends the epoch there. */
  readonly onStep: (report: StepReport) => Promise<Failure | undefined>;
  /** Called after every step. */
  readonly breathe: () => Promise<void>;
  /** Asked after every step; true ends the epoch there. */
  readonly ended: () => boolean;
}

/** The number of steps of an epoch. */
export const stepsPerEpoch = (size: number, batchSize: number): number => Math.floor(size / batchSize);

/** Runs the rest of the state's epoch, or as far as it goes; a failure says why it went no further. */
export const runEpoch = async (setting: EpochSetting, start: RunState): Promise<Failure | undefined> => {
  const { step, split, seed, batchSize } = setting;
  const order = epochOrder(seed, start.epoch, split.size);
  let state = start;
  while (state.position < stepsPerEpoch(split.size, batchSize)) {
    const learningRate = setting.learningRate(state);
    const result = await step(state, nextBatch(split, order, state, setting), learningRate);
    const loss = scalar(result.outputs, 'objective');
    if (!Number.isFinite(loss)) return lossFailure(state.step + 1, loss, learningRate);
    state = result.state;
    const { loss: _taskLoss, ...metrics } = scalars('score.', result.outputs);
    const terms = scalars('term.', result.outputs);
    const failure = await setting.onStep({ state, loss, learningRate, metrics, terms });
    await setting.breathe();
    if (failure || setting.ended()) return failure;
  }
  return undefined;
};

const lossFailure = (step: number, loss: number, learningRate: number): Failure => ({
  error: nonFiniteLoss(step, loss, learningRate),
  what: `the loss is ${loss} at step ${step}`,
});

const nextBatch = (
  split: Split,
  order: Int32Array,
  at: RunState,
  { seed, batchSize }: EpochSetting,
): Batch => {
  const indices = order.subarray(at.position * batchSize, (at.position + 1) * batchSize);
  return split.batch(indices, augmentKey(seed, at.epoch, at.position));
};

const scalar = (outputs: NamedArrays, name: string): number => outputs[name]?.data[0] ?? Number.NaN;

const scalars = (prefix: string, outputs: NamedArrays): Record<string, number> =>
  mapNamed(unprefixed(prefix, outputs), ({ data }) => data[0] ?? Number.NaN);

/** The averages of an epoch that is done. */
export const epochAverages = ({
  sums,
  position,
}: RunState): Pick<EpochRecord, 'objective' | 'terms' | 'train'> => {
  const mean = (sum: number): number => sum / position;
  return {
    objective: mean(sums['objective'] ?? Number.NaN),
    terms: mapNamed(unprefixed('term.', sums), mean),
    train: averages(unprefixed('score.', sums), position),
  };
};
