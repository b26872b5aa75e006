// Uniform reals and integers.
import { below, uniform as unchecked } from '@mapping-networks/runtime/canonical';
import { requireWhole } from '../argument.ts';
import type { RandomKey } from './key.ts';
import { requireDraw, words } from './words.ts';

/**
 * `count` float32 numbers in [0, 1), multiples of 2⁻²⁴: the upper 24 bits of each word.
 *
 * @example
 * ```ts
 * import { randomKey, uniform } from '@mapping-networks/core';
 * console.log(uniform(randomKey(7, 'golden', 'uniform'), 2)); // Float32Array [0.03249, 0.14017]
 * ```
 */
export const uniform = (key: RandomKey, count: number): Float32Array => {
  requireDraw('uniform', key, count);
  return unchecked(key, count);
};

/**
 * `count` integers in [0, bound), bound in 1 … 2³¹.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { integers, randomKey } from '@mapping-networks/core';
 * console.log(integers(randomKey(7, 'golden', 'integers'), 3, 1000)); // Int32Array [585, 495, 35]
 * ```
 */
export const integers = (key: RandomKey, count: number, bound: number): Int32Array => {
  requireDraw('integers', key, count);
  requireWhole('integers', 'bound', bound, 1, 2 ** 31);
  return Int32Array.from(words(key, count), (word) => below(word, bound));
};
