// Named arrays are how state travels between packages: plain typed arrays with a shape, no tensors and no owner.
// Engines turn them into tensors; checkpoints and artifacts write them to files.
import type * as tf from '@tensorflow/tfjs-core';

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

/** The number of elements of a shape; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** A float32 array with its shape (by default a vector). */
export const float32 = (data: Float32Array, shape: readonly number[] = [data.length]): ArrayTensor => ({
  dtype: 'float32',
  shape,
  data,
});

/** An int32 array with its shape (by default a vector). */
export const int32 = (data: Int32Array, shape: readonly number[] = [data.length]): ArrayTensor => ({
  dtype: 'int32',
  shape,
  data,
});

/** Zeros of the given shape. */
export const zeros = (shape: readonly number[]): ArrayTensor =>
  float32(new Float32Array(sizeOf(shape)), shape);

/** Renames every entry: `prefixed('model.', { z })` is `{ 'model.z': z }`. */
export const prefixed = <T>(prefix: string, entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [prefix + name, entry]));

/** The entries whose names start with `prefix`, without it. */
export const unprefixed = <T>(prefix: string, entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, entry]) => [name.slice(prefix.length), entry]),
  );
