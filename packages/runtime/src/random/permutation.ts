// Permutations and subsets by the shuffle of Fisher and Yates, one word for each step.
import type { RandomKey } from './key.ts';
import { below } from './uniform.ts';
import { words } from './words.ts';

/**
 * A permutation of 0 … size − 1: start from the identity; for i = 0, 1, …, size − 2 exchange entry i with entry
 * i + below(word i, size − i).
 */
export const permutation = (key: RandomKey, size: number): Int32Array => partialShuffle(key, size, size - 1);

/**
 * A `count`-subset of 0 … size − 1 in increasing order. The smaller of the subset and its complement is what the
 * first entries of the shuffle choose.
 */
export const subset = (key: RandomKey, size: number, count: number): Int32Array => {
  const rest = count > size - count ? 1 : 0;
  const drawn = rest ? size - count : count;
  const order = partialShuffle(key, size, drawn);
  const members = new Uint8Array(size).fill(rest);
  for (let i = 0; i < drawn; i++) members[order[i] as number] = 1 - rest;
  // Written whether it belongs or not: the processor could not predict that branch.
  const out = new Int32Array(count + 1);
  for (let i = 0, at = 0; i < size; i++) {
    out[at] = i;
    at += members[i] as number;
  }
  return out.slice(0, count);
};

/** A shuffle of millions needs no memory but its result. */
const WORDS_AT_ONCE = 2 ** 16;

const partialShuffle = (key: RandomKey, size: number, steps: number): Int32Array => {
  const order = new Int32Array(size);
  // A loop for the reason that `uniform` has.
  for (let i = 0; i < size; i++) order[i] = i;
  for (let from = 0; from < steps; from += WORDS_AT_ONCE) {
    const end = Math.min(steps, from + WORDS_AT_ONCE);
    const source = words(key, end - from, from);
    for (let i = from; i < end; i++) {
      const j = i + below(source[i - from] as number, size - i);
      const kept = order[i] as number;
      order[i] = order[j] as number;
      order[j] = kept;
    }
  }
  return order;
};
