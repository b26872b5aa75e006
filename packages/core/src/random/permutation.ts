// Permutations and subsets by the shuffle of Fisher and Yates, one word for each step.
import { invalidSubset } from '../errors.ts';
import type { RandomKey } from './key.ts';
import { below } from './uniform.ts';
import { requireDraw, words } from './words.ts';

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
  return partialShuffle(key, size, size - 1);
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
  const drawn = Math.min(count, size - count);
  if (count === size) return identity(size);
  const rest = drawn === count ? 0 : 1;
  const members = new Uint8Array(size).fill(rest);
  const order = partialShuffle(key, size, drawn);
  for (let i = 0; i < drawn; i++) members[order[i] ?? 0] = 1 - rest;
  // Written whether it belongs or not: the processor could not predict that branch.
  const out = new Int32Array(count + 1);
  for (let i = 0, at = 0; i < size; i++) {
    out[at] = i;
    at += members[i] ?? 0;
  }
  return out.slice(0, count);
};

/** A loop for the reason that `uniform` has. */
const identity = (size: number): Int32Array => {
  const out = new Int32Array(size);
  for (let i = 0; i < size; i++) out[i] = i;
  return out;
};

/** A shuffle of millions needs no memory but its result. */
const WORDS_AT_ONCE = 2 ** 16;

const partialShuffle = (key: RandomKey, size: number, steps: number): Int32Array => {
  const order = identity(size);
  for (let from = 0; from < steps; from += WORDS_AT_ONCE) {
    const end = Math.min(steps, from + WORDS_AT_ONCE);
    const source = words(key, end - from, from);
    for (let i = from; i < end; i++) {
      const j = i + below(source[i - from] ?? 0, size - i);
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
  }
  return order;
};
