// All of a training run that changes, as one plain value: with the options of the run it says everything that follows,
// so that it can be written down at any step and taken up again.
import {
  float32,
  initialBuffers,
  prefixed,
  unprefixed,
  type InputSpec,
  type NamedArrays,
  type TensorSpec,
} from '@mapping-networks/core';
import { mapNamed } from '../named.ts';
import type { StepParts } from './build-step.ts';

/** Where a run stands. */
export interface RunState {
  /** Steps done. */
  readonly step: number;
  /** Whole epochs done. */
  readonly epoch: number;
  /** Batches done in the current epoch. */
  readonly position: number;
  /** Sums over the batches of the current epoch, by name of the output. */
  readonly sums: Readonly<Record<string, number>>;
  /** The factor on every learning rate from here on: 1, halved at each roll-back of `onNan: 'halve-lr'`. */
  readonly learningRateScale: number;
  /** Of the parameterization. */
  readonly trainables: NamedArrays;
  /** Of the loss. */
  readonly loss: NamedArrays;
  readonly optimizer: NamedArrays;
  readonly buffers: NamedArrays;
}

/** What the optimizer updates: the trainables of the parameterization and of the loss, as it sees their names. */
export const optimized = ({ map, loss }: StepParts): readonly TensorSpec[] => [
  ...map.trainables.map((spec) => ({ ...spec, name: `model.${spec.name}` })),
  ...loss.trainables.map((spec) => ({ ...spec, name: `loss.${spec.name}` })),
];

/** The state before the first step: with fresh numbers, or with those of a network. */
export const initialState = (
  parts: StepParts,
  seed: number,
  from?: Pick<RunState, 'trainables' | 'buffers'>,
): RunState => ({
  step: 0,
  epoch: 0,
  position: 0,
  sums: {},
  learningRateScale: 1,
  trainables: from?.trainables ?? parts.map.init(seed),
  loss: parts.loss.init(),
  optimizer: parts.optimizer.init(optimized(parts)),
  buffers: from?.buffers ?? initialBuffers(parts.target),
});

/** The arrays of a state as inputs of the training step. */
export const stateInputs = ({ trainables, loss, optimizer, buffers }: RunState): NamedArrays => ({
  ...prefixed('model.', trainables),
  ...prefixed('loss.', loss),
  ...prefixed('optimizer.', optimizer),
  ...prefixed('buffer.', buffers),
});

/** The part of the signature that `stateInputs` and the scalars fill. */
export const stateSignature = (state: RunState): Record<string, InputSpec> => ({
  ...mapNamed(stateInputs(state), ({ shape, dtype }) => ({ shape, dtype })),
  learningRate: { shape: [], dtype: 'float32' },
  step: { shape: [], dtype: 'float32' },
});

/** The scalars of step number `step` (1 for the first). */
export const scalarInputs = (step: number, learningRate: number): NamedArrays => ({
  learningRate: float32(Float32Array.of(learningRate), []),
  step: float32(Float32Array.of(step), []),
});

/** The state after a step with these outputs, whose scalars are added to the sums of the epoch. */
export const advance = (state: RunState, outputs: NamedArrays): RunState => ({
  step: state.step + 1,
  epoch: state.epoch,
  position: state.position + 1,
  sums: addScalars(state.sums, outputs),
  learningRateScale: state.learningRateScale,
  trainables: unprefixed('model.', outputs),
  loss: unprefixed('loss.', outputs),
  optimizer: unprefixed('optimizer.', outputs),
  buffers: unprefixed('buffer.', outputs),
});

/** The name of an array with a number that is not finite, such as `optimizer.model.z/v`. */
export const nonFiniteArray = ({ trainables, loss, optimizer, buffers }: RunState): string | undefined => {
  for (const [field, arrays] of Object.entries({ trainables, loss, optimizer, buffers })) {
    for (const [name, { data }] of Object.entries(arrays)) {
      for (const value of data) if (!Number.isFinite(value)) return `${field}.${name}`;
    }
  }
  return undefined;
};

const SUMMED = /^(objective$|term\.|score\.)/;

const addScalars = (sums: RunState['sums'], outputs: NamedArrays): RunState['sums'] =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => SUMMED.test(name))
      .map(([name, { data }]) => [name, (sums[name] ?? 0) + (data[0] ?? Number.NaN)]),
  );
