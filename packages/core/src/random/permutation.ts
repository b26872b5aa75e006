// Permutations and subsets by the shuffle of Fisher and Yates, one word for each step.
import {
  permutation as uncheckedPermutation,
  subset as uncheckedSubset,
} from '@mapping-networks/runtime/canonical';
import { invalidSubset } from '../errors.ts';
import type { RandomKey } from './key.ts';
import { requireDraw } from './words.ts';

/**
 * A permutation of 0 … size − 1: start from the identity; for i = 0, 1, …, size − 2 exchange entry i with entry
 * i + below(word i, size − i).
 *
 * @example
 * ```ts
 * import { permutation, randomKey } from '@mapping-networks/core';
 * console.log(permutation(randomKey(7, 'golden', 'permutation'), 16)); // Int32Array [0, 3, 2, 15, …]
 * ```
 */
export const permutation = (key: RandomKey, size: number): Int32Array => {
  requireDraw('permutation', key, size, 'size');
  return uncheckedPermutation(key, size);
};

/**
 * A `count`-subset of 0 … size − 1 in increasing order. The smaller of the subset and its complement is what the
 * first entries of the shuffle choose.
 *
 * @throws CORE_INVALID_SUBSET unless `count` is a whole number of 0 to `size`
 * @example
 * ```ts
 * import { randomKey, subset } from '@mapping-networks/core';
 * console.log(subset(randomKey(7, 'golden', 'subset'), 20, 6)); // Int32Array [4, 7, 9, 12, 16, 17]
 * ```
 */
export const subset = (key: RandomKey, size: number, count: number): Int32Array => {
  requireDraw('subset', key, size, 'size');
  if (!Number.isSafeInteger(count) || count < 0 || count > size) throw invalidSubset(size, count);
  return uncheckedSubset(key, size, count);
};
