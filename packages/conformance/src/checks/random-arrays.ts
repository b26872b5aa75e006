// Seeded inputs for laws: the same at every run, different for every name.
import {
  float32,
  integers,
  normal,
  randomKey,
  sizeOf,
  type NamedArrays,
  type PathStep,
  type TensorSpec,
} from '@mapping-networks/core';

/** `count` numbers of N(0, 1). */
export const gaussian = (count: number, seed: number, ...path: readonly PathStep[]): Float32Array =>
  normal(randomKey(seed, 'conformance', ...path), count);

/** `count` different whole numbers below `bound` at most, in increasing order. */
export const sampled = (count: number, bound: number, seed: number, ...path: readonly PathStep[]): number[] =>
  [...new Set(integers(randomKey(seed, 'conformance', ...path), count, bound))].toSorted((a, b) => a - b);

/** An array of N(0, 1) for each spec. */
export const gaussians = (
  specs: readonly TensorSpec[],
  seed: number,
  ...path: readonly PathStep[]
): NamedArrays =>
  Object.fromEntries(
    specs.map(({ name, shape }) => [name, float32(gaussian(sizeOf(shape), seed, ...path, name), shape)]),
  );
