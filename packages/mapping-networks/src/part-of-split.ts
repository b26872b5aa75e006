// Splits made of other splits: none of the examples, the first of them, a fraction of a pass or several passes over them.
import { permutation, randomKey, type Split } from '@mapping-networks/core';

/** A split without examples. */
export const noExamples: Split = {
  size: 0,
  batch: () => ({ size: 0, x: new Float32Array(0), y: new Int32Array(0) }),
};

/** The first `size` examples, at most all. */
export const firstExamples = (split: Split, size: number): Split => ({
  size: Math.min(size, split.size),
  batch: (indices, augment) => split.batch(indices, augment),
});

/**
 * `passes` over the examples as one split, at least one example: 2.5 are every example twice, and half of them, drawn by
 * the seed, once more.
 */
export const repeated = (split: Split, passes: number, seed: number): Split => {
  const orders = Array.from({ length: Math.ceil(passes) }, (_, pass) =>
    permutation(randomKey(seed, 'repeated', pass), split.size),
  );
  const at = (index: number): number =>
    orders[Math.floor(index / split.size)]?.[index % split.size] ?? index % split.size;
  return {
    size: Math.max(1, Math.round(passes * split.size)),
    batch: (indices, augment) => split.batch(Array.from(indices, at), augment),
  };
};
