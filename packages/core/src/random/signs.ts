// Random signs at one bit each.
import { signAt, signBits as unchecked } from '@mapping-networks/runtime/canonical';
import type { RandomKey } from './key.ts';
import { requireDraw } from './words.ts';

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
  return unchecked(key, count);
};

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
