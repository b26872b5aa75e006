// Random signs at one bit each.
import type { RandomKey } from './key.ts';
import { requireDraw, words } from './words.ts';

/**
 * Bits `0 … count − 1` of the stream as words; bit i is bit (i mod 32) of word ⌊i / 32⌋.
 *
 * @example
 * ```ts
 * import { randomKey, signBits } from '@mapping-networks/core';
 * console.log(signBits(randomKey(7, 'golden', 'signs'), 40).length); // 2
 * ```
 */
export const signBits = (key: RandomKey, count: number): Uint32Array => {
  requireDraw('signBits', key, count);
  return words(key, Math.ceil(count / 32));
};

/** Bit i, 0 or 1. */
export const bitAt = (bits: Uint32Array, i: number): number => ((bits[i >>> 5] ?? 0) >>> (i & 31)) & 1;

/**
 * +1 where bit i is 0, −1 where it is 1.
 *
 * @example
 * ```ts
 * import { randomKey, signAt, signBits } from '@mapping-networks/core';
 * const bits = signBits(randomKey(7, 'golden', 'signs'), 40);
 * console.log(signAt(bits, 0), signAt(bits, 39)); // 1 -1
 * ```
 */
export const signAt = (bits: Uint32Array, i: number): 1 | -1 => (bitAt(bits, i) ? -1 : 1);

/**
 * `count` signs, each +1 or −1.
 *
 * @example
 * ```ts
 * import { randomKey, signs } from '@mapping-networks/core';
 * console.log(signs(randomKey(7, 'golden', 'signs'), 4)); // Float32Array [1, -1, -1, 1]
 * ```
 */
export const signs = (key: RandomKey, count: number): Float32Array => {
  requireDraw('signs', key, count);
  const bits = signBits(key, count);
  return Float32Array.from({ length: count }, (_, i) => signAt(bits, i));
};
