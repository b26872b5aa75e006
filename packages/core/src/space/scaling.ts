// What brings generated values to the size of a fresh initialisation: θ = mean + s·σ(u), one mean and one s a tensor.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '../arrays.ts';
import { initMoments } from './init-moments.ts';
import type { ParameterSpace, PlacedParameter } from './parameter-space.ts';

/** How one tensor is made of unit values σ(u): mean + scale·σ(u). */
export interface TensorScale {
  readonly parameter: PlacedParameter;
  readonly mean: number;
  /** s: the standard deviation of the tensor's init over that of σ(u). A float32. */
  readonly scale: number;
}

/**
 * The scales of a space for values of standard deviation 1 / normalizer.
 *
 * @example
 * ```ts
 * import { bias, kernel, parameterSpace, tensorScales } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('fc', [8, 1]), bias('fc', 1)]);
 * console.log(tensorScales(space).map(({ scale }) => scale)); // [0.5, 0.05]
 * ```
 */
export const tensorScales = (space: ParameterSpace, normalizer = 1): readonly TensorScale[] =>
  space.parameters.map((parameter) => {
    const { mean, std } = initMoments(parameter);
    return { parameter, mean: Math.fround(mean), scale: Math.fround(std * normalizer) };
  });

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

/**
 * The same in canonical arithmetic, flat and in place: the product rounded, then the sum.
 *
 * @example
 * ```ts
 * import { kernel, parameterSpace, scaleInPlace, tensorScales } from '@mapping-networks/core';
 * const scales = tensorScales(parameterSpace([kernel('fc', [8, 1])]));
 * console.log(scaleInPlace(scales, new Float32Array(8).fill(3))[0]); // 1.5
 * ```
 */
export const scaleInPlace = (scales: readonly TensorScale[], values: Float32Array): Float32Array => {
  for (const { parameter, mean, scale } of scales) {
    const end = parameter.offset + parameter.size;
    for (let i = parameter.offset; i < end; i++) {
      values[i] = mean + Math.fround(scale * (values[i] as number));
    }
  }
  return values;
};
