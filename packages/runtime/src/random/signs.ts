// Random signs at one bit each.
import type { RandomKey } from './key.ts';
import { words } from './words.ts';

/** Bits `0 … count − 1` of the stream as words; bit i is bit (i mod 32) of word ⌊i / 32⌋. */
export const signBits = (key: RandomKey, count: number): Uint32Array => words(key, Math.ceil(count / 32));

/** Bit i, 0 or 1. */
export const bitAt = (bits: Uint32Array, i: number): number => ((bits[i >>> 5] as number) >>> (i & 31)) & 1;

/**
 * +1 where bit i is 0, −1 where it is 1.
 *
 * @example
 * ```ts
 * import { randomKey, signAt, signBits } from '@mapping-networks/runtime/canonical';
 * const bits = signBits(randomKey(7, 'golden', 'signs'), 40);
 * console.log(signAt(bits, 0), signAt(bits, 39)); // 1 -1
 * ```
 */
export const signAt = (bits: Uint32Array, i: number): 1 | -1 => (bitAt(bits, i) ? -1 : 1);
