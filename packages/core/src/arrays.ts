// Named arrays are how state travels between packages: plain typed arrays with a shape, no tensors and no owner.
// Engines turn them into tensors; checkpoints and artifacts write them to files.
import { sizeOf } from '@mapping-networks/runtime/canonical';
import type * as tf from '@tensorflow/tfjs-core';
import { requireArgument } from './argument.ts';

/** A named shape, before any numbers exist. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A dense array in row-major order. */
export type ArrayTensor =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array };

/** Arrays by name. */
export type NamedArrays = Readonly<Record<string, ArrayTensor>>;

/** TensorFlow.js tensors by name. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

export { sizeOf };

/**
 * A float32 array with its shape (by default a vector).
 *
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * console.log(float32(Float32Array.of(1, 2, 3, 4), [2, 2]).shape); // [2, 2]
 * ```
 */
export const float32 = (data: Float32Array, shape: readonly number[] = [data?.length]): ArrayTensor => {
  requireArgument(ArrayBuffer.isView(data), 'float32', 'data', 'a Float32Array', data);
  requireSides('float32', shape);
  return { dtype: 'float32', shape, data };
};

/**
 * An int32 array with its shape (by default a vector).
 *
 * @example
 * ```ts
 * import { int32 } from '@mapping-networks/core';
 * console.log(int32(Int32Array.of(7, 9)).shape); // [2]
 * ```
 */
export const int32 = (data: Int32Array, shape: readonly number[] = [data?.length]): ArrayTensor => {
  requireArgument(ArrayBuffer.isView(data), 'int32', 'data', 'a Int32Array', data);
  requireSides('int32', shape);
  return { dtype: 'int32', shape, data };
};

/**
 * Zeros of the given shape.
 *
 * @example
 * ```ts
 * import { zeros } from '@mapping-networks/core';
 * console.log(zeros([2, 3]).data.length); // 6
 * ```
 */
export const zeros = (shape: readonly number[]): ArrayTensor => {
  requireSides('zeros', shape);
  return float32(new Float32Array(sizeOf(shape)), shape);
};

/**
 * Renames every entry: `prefixed('model.', { z })` is `{ 'model.z': z }`.
 *
 * @example
 * ```ts
 * import { prefixed } from '@mapping-networks/core';
 * console.log(prefixed('model.', { z: 1, b: 2 })); // { 'model.z': 1, 'model.b': 2 }
 * ```
 */
export const prefixed = <T>(prefix: string, entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [prefix + name, entry]));

/**
 * The entries whose names start with `prefix`, without it.
 *
 * @example
 * ```ts
 * import { unprefixed } from '@mapping-networks/core';
 * console.log(unprefixed('model.', { 'model.z': 1, step: 2 })); // { z: 1 }
 * ```
 */
export const unprefixed = <T>(prefix: string, entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, entry]) => [name.slice(prefix.length), entry]),
  );

/** Sides of 0 are allowed: an array may be empty. */
const requireSides = (call: string, shape: readonly number[]): void => {
  const fits =
    Array.isArray(shape) && shape.every((side: unknown) => Number.isSafeInteger(side) && Number(side) >= 0);
  requireArgument(fits, call, 'shape', 'a list of whole numbers of at least 0', shape);
};
