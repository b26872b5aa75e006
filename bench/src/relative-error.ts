// How far arrays are from others, as vectors.
import type { ArrayTensor, NamedArrays } from '@mapping-networks/core';

/** ‖a − b‖ / ‖b‖; infinite where one is no number, or where the lengths differ. */
export const relativeError = (a: ArrayTensor['data'], b: ArrayTensor['data']): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [off, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    off += ((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)) ** 2;
    size += (b[i] ?? Number.NaN) ** 2;
  }
  const error = Math.sqrt(off) / Math.max(Math.sqrt(size), 1e-12);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
};

/** The largest error over all arrays of `exact`, and where. */
export const worst = (
  results: NamedArrays,
  exact: NamedArrays,
): { readonly name: string; readonly error: number } =>
  Object.entries(exact)
    .map(([name, { data }]) => ({
      name,
      error: relativeError(results[name]?.data ?? new Float32Array(), data),
    }))
    .reduce((largest, each) => (each.error <= largest.error ? largest : each));
