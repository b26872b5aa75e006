// Every random number has a name: a seed and a path such as ('latent', 'init'). Keys are made by the runtime; here what
// a caller passes is checked.
import {
  childKey as unchecked,
  randomKey as uncheckedKey,
  type PathStep,
  type RandomKey,
} from '@mapping-networks/runtime/canonical';
import { requireArgument } from '../argument.ts';
import { invalidPathStep, invalidSeed } from '../errors.ts';

export type { PathStep, RandomKey };

/**
 * The key of a seed and a path.
 *
 * The seed, a whole number of 0 … 2⁵³−1, is split into its upper and lower 32 bits. Each step of the path replaces
 * the key by Threefry-2x32 of the counter (h, t) under it, where a name has h = FNV-1a-32 of its UTF-8 bytes and
 * t = 1, and an index has h = the index and t = 2.
 *
 * @throws CORE_INVALID_SEED, CORE_INVALID_PATH_STEP
 * @example
 * ```ts
 * import { randomKey, uniform } from '@mapping-networks/core';
 * console.log(randomKey(7).lo, uniform(randomKey(7, 'noise', 3), 2)); // 7 Float32Array [0.21586, 0.72837]
 * ```
 */
export const randomKey = (seed: number, ...path: readonly PathStep[]): RandomKey => {
  if (!Number.isSafeInteger(seed) || seed < 0 || Object.is(seed, -0)) throw invalidSeed(seed);
  path.forEach(requireStep);
  return uncheckedKey(seed, ...path);
};

/**
 * The key below another key: `childKey(randomKey(7, 'a'), 'b')` is `randomKey(7, 'a', 'b')`.
 *
 * @throws CORE_INVALID_ARGUMENT, CORE_INVALID_PATH_STEP
 * @example
 * ```ts
 * import { childKey, normal, randomKey } from '@mapping-networks/core';
 * const first = childKey(randomKey(7, 'layers'), 0);
 * console.log(first.hi === randomKey(7, 'layers', 0).hi, normal(first, 1)); // true Float32Array [0.62097]
 * ```
 */
export const childKey = (key: RandomKey, ...path: readonly PathStep[]): RandomKey => {
  requireKey('childKey', key);
  path.forEach(requireStep);
  return unchecked(key, ...path);
};

/** @throws CORE_INVALID_ARGUMENT unless both halves of the key are words */
export const requireKey = (call: string, key: RandomKey): void =>
  requireArgument(
    typeof key === 'object' && key !== null && isWord(key.hi) && isWord(key.lo),
    call,
    'key',
    'a key, such as randomKey(7)',
    key,
  );

const isWord = (word: number): boolean => word === word >>> 0;

const requireStep = (step: PathStep): void => {
  if (typeof step !== 'string' && step !== step >>> 0) throw invalidPathStep(step);
};
