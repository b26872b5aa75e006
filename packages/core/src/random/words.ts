// The stream of 32-bit words under a key, from which all distributions are made. The runtime draws it; here what a
// caller passes is checked.
import { words as unchecked } from '@mapping-networks/runtime/canonical';
import { requireWhole } from '../argument.ts';
import { requireKey, type RandomKey } from './key.ts';

/**
 * Words `from` … `from + count − 1` of the key's stream. Words 2i and 2i + 1 are Threefry-2x32 of the counter (i, 0).
 *
 * @throws CORE_INVALID_ARGUMENT unless `count` is a whole number of 0 to 2³¹ and `from` one of 0 to 2³² − 1
 * @example
 * ```ts
 * import { randomKey, words } from '@mapping-networks/core';
 * console.log(words(randomKey(7, 'golden', 'words'), 2)); // Uint32Array [2228768679, 516786463]
 * ```
 */
export const words = (key: RandomKey, count: number, from = 0): Uint32Array => {
  requireDraw('words', key, count);
  requireWhole('words', 'from', from, 0, 2 ** 32 - 1);
  return unchecked(key, count, from);
};

/** @throws CORE_INVALID_ARGUMENT naming `call`, unless `key` is a key and `count` a whole number of 0 to 2³¹ */
export const requireDraw = (call: string, key: RandomKey, count: number, argument = 'count'): void => {
  requireKey(call, key);
  requireWhole(call, argument, count, 0, 2 ** 31);
};
