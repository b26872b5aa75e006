// What brings generated values to the size of a fresh initialisation, on tensors and piece by piece: θ = mean + s·σ(u),
// one mean and one s a tensor.
import type { TensorScale } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '../arrays.ts';

/**
 * The named tensors of mean + s·values, `values` flat in the order of the space.
 *
 * @example
 * ```ts
 * import { kernel, parameterSpace, scaledTensors, tensorScales } from '@mapping-networks/core';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const scales = tensorScales(parameterSpace([kernel('fc', [8, 1])]));
 * console.log(scaledTensors(scales, tf.ones([8]))['fc.kernel']?.shape); // [8, 1]
 * ```
 */
export const scaledTensors = (scales: readonly TensorScale[], values: tf.Tensor1D): NamedTensors =>
  Object.fromEntries(
    scales.map(({ parameter: { name, shape, offset, size }, mean, scale }) => {
      const scaled = tf.mul(tf.reshape(tf.slice(values, [offset], [size]), [...shape]), scale);
      return [name, mean === 0 ? scaled : tf.add(scaled, mean)];
    }),
  );

/**
 * The same for a piece of θ, as plain numbers: mean + s·values into `theta` from `begin` on, up to its end. Rounds as
 * `scaledTensors` does.
 */
export const placeScaled = (
  scales: readonly TensorScale[],
  values: Float32Array,
  begin: number,
  theta: Float32Array,
): void => {
  for (const { parameter, mean, scale } of scales) {
    const first = Math.max(begin, parameter.offset);
    const end = Math.min(theta.length, begin + values.length, parameter.offset + parameter.size);
    if (mean === 0) {
      for (let i = first; i < end; i++) theta[i] = scale * (values[i - begin] as number);
    } else {
      for (let i = first; i < end; i++) theta[i] = mean + Math.fround(scale * (values[i - begin] as number));
    }
  }
};
