// Arrays to tensors and back, for tests.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, ParameterSpace } from '@mapping-networks/core';

export const toTensors = (arrays: NamedArrays): NamedTensors =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape, dtype }]) => [
      name,
      tf.tensor(data, [...shape], dtype),
    ]),
  );

/** Named tensors of a space as one flat vector. */
export const flat = (space: ParameterSpace, tensors: NamedTensors): tf.Tensor1D =>
  tf.concat(space.parameters.map(({ name, size }) => tf.reshape(tensors[name] as tf.Tensor, [size])));

/** max |a − b| over the root mean square of b. */
export const relativeError = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let worst = 0;
  let energy = 0;
  for (let i = 0; i < b.length; i++) {
    worst = Math.max(worst, Math.abs((a[i] as number) - (b[i] as number)));
    energy += (b[i] as number) ** 2;
  }
  return a.length === b.length ? worst / Math.sqrt(energy / b.length || 1) : Infinity;
};
