// Every random number has a name: a seed and a path such as ('latent', 'init'). A key is that name as 64 bits; the
// numbers under a key are addressed by position, so that no order of use can change them.
import { requireArgument } from '../argument.ts';
import { invalidPathStep, invalidSeed } from '../errors.ts';
import { threefry2x32 } from './threefry.ts';

/** 64 bits: the key of a stream of random words. */
export interface RandomKey {
  readonly hi: number;
  readonly lo: number;
}

/** A path component: a name, or an index (32-bit, unsigned). */
export type PathStep = string | number;

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
  return childKey({ hi: Math.floor(seed / 0x100000000), lo: seed >>> 0 }, ...path);
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
  const words = new Uint32Array(2);
  return path.reduce<RandomKey>(({ hi, lo }, step) => {
    if (typeof step === 'string') threefry2x32(hi, lo, fnv1a(step), 1, words, 0);
    else threefry2x32(hi, lo, checkedIndex(step), 2, words, 0);
    return { hi: words[0] ?? 0, lo: words[1] ?? 0 };
  }, key);
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

const checkedIndex = (index: number): number => {
  if (index !== index >>> 0) throw invalidPathStep(index);
  return index;
};

/** FNV-1a, 32 bits, over UTF-8 (Fowler, Noll & Vo; RFC 9923). */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Most names are ASCII, of which each character is its own byte.
    if (code > 0x7f) return fnv1aOfBytes(new TextEncoder().encode(text));
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash >>> 0;
};

const fnv1aOfBytes = (bytes: Uint8Array): number =>
  bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
