// One epoch: every full batch of a seeded order once, from wherever the state stands in it.
import type { EpochRecord, NamedArrays, Split } from '@mapping-networks/core';
import { unprefixed } from '@mapping-networks/core';
import { nonFiniteLoss } from '../errors.ts';
import { averages } from '../evaluation/evaluator.ts';
import { mapNamed } from '../named.ts';
import type { StepInputs, TrainingStep } from '../step/compile-step.ts';
import { augmentKey, epochOrder } from '../step/draws.ts';
import { meanwhile } from '../step/meanwhile.ts';
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

/**
 * Runs the rest of the state's epoch, or as far as it goes; a failure says why it went no further. While a step runs the
 * next batch is prepared: it depends on where the run stands, not on what the step finds.
 */
export const runEpoch = async (setting: EpochSetting, start: RunState): Promise<Failure | undefined> => {
  const { step, split, seed, batchSize } = setting;
  const order = epochOrder(seed, start.epoch, split.size);
  const steps = stepsPerEpoch(split.size, batchSize);
  // Of the step that begins at this position of the epoch.
  const inputsAt = (position: number): StepInputs | undefined => {
    if (position >= steps) return undefined;
    const indices = order.subarray(position * batchSize, (position + 1) * batchSize);
    const batch = split.batch(indices, augmentKey(seed, start.epoch, position));
    return step.inputs(start.step - start.position + position, batch);
  };
  let state = start;
  let inputs = inputsAt(state.position);
  while (inputs) {
    const { position } = state;
    const learningRate = setting.learningRate(state);
    const [result, next] = await meanwhile(step(state, inputs, learningRate), () => inputsAt(position + 1));
    const loss = scalar(result.outputs, 'objective');
    if (!Number.isFinite(loss)) return lossFailure(state.step + 1, loss, learningRate);
    state = result.state;
    inputs = next;
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
