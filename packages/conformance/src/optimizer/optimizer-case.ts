// An optimizer on plain arrays, and a parabola for it to go down.
import {
  float32,
  prefixed,
  unprefixed,
  zeros,
  type NamedArrays,
  type NamedTensors,
  type Optimizer,
  type TensorSpec,
} from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { onTensors } from '../checks/tensors.ts';

export interface OptimizerInputs {
  readonly gradients: NamedArrays;
  readonly state: NamedArrays;
  readonly trainables: NamedArrays;
}

export interface OptimizerCase {
  update(
    inputs: OptimizerInputs,
    learningRate: number,
    step: number,
  ): { updates: NamedArrays; state: NamedArrays };
  onFlat(tensors: NamedTensors): NamedTensors;
}

/** All inputs of `update` as one flat record. */
export const flattened = (
  { gradients, state, trainables }: OptimizerInputs,
  learningRate: number,
  step: number,
): NamedArrays => ({
  ...prefixed('gradients:', gradients),
  ...prefixed('state:', state),
  ...prefixed('trainables:', trainables),
  learningRate: float32(Float32Array.of(learningRate), []),
  step: float32(Float32Array.of(step), []),
});

export const optimizerCase = (optimizer: Optimizer): OptimizerCase => {
  const onFlat = (tensors: NamedTensors): NamedTensors => {
    const { updates, state } = optimizer.update(
      unprefixed('gradients:', tensors),
      unprefixed('state:', tensors),
      {
        trainables: unprefixed('trainables:', tensors),
        learningRate: tensors['learningRate'] as tf.Scalar,
        step: tensors['step'] as tf.Scalar,
      },
    );
    return { ...prefixed('updates:', updates), ...prefixed('state:', state) };
  };
  return {
    onFlat,
    update: (inputs, learningRate, step) => {
      const results = onTensors(flattened(inputs, learningRate, step), onFlat);
      return { updates: unprefixed('updates:', results), state: unprefixed('state:', results) };
    },
  };
};

export const zerosOf = (specs: readonly TensorSpec[]): NamedArrays =>
  Object.fromEntries(specs.map(({ name, shape }) => [name, zeros(shape)]));

/** Curvatures from ½ to 2 in turn, the bottom at 0.3. */
const curvature = (i: number): number => [0.5, 1, 2][i % 3] ?? 1;
const BOTTOM = 0.3;

/** ½ Σ c_i (x_i − 0.3)². */
export const bowlHeight = (at: NamedArrays): number =>
  Object.values(at).reduce(
    (sum, { data }) =>
      sum + Array.from(data).reduce((part, x, i) => part + 0.5 * curvature(i) * (x - BOTTOM) ** 2, 0),
    0,
  );

export const bowlGradients = (at: NamedArrays): NamedArrays =>
  Object.fromEntries(
    Object.entries(at).map(([name, { data, shape }]) => [
      name,
      float32(
        Float32Array.from(data, (x, i) => curvature(i) * (x - BOTTOM)),
        shape,
      ),
    ]),
  );
