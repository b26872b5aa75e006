// Half precision, both kinds, to 16 bits and back: as runtime converts it, what is given looked at first.
import {
  decodeHalf as decode,
  encodeHalf as encode,
  type HalfType,
} from '@mapping-networks/runtime/canonical';
import { requireArgument } from '../argument.ts';

export type { HalfType };

/**
 * The nearest numbers of half precision, as their 16 bits; ties go to even. Too large becomes infinite.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { encodeHalf } from '@mapping-networks/core';
 * console.log(encodeHalf('float16', Float32Array.of(1, -2, 65519)).at(-1) === 0x7bff); // true
 * ```
 */
export const encodeHalf = (type: HalfType, values: Float32Array): Uint16Array => {
  requireType('encodeHalf', type);
  requireArgument(values instanceof Float32Array, 'encodeHalf', 'values', 'a Float32Array', values);
  return encode(type, values);
};

/**
 * The float32 numbers that 16 bits each stand for, exactly.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { decodeHalf } from '@mapping-networks/core';
 * console.log(decodeHalf('bfloat16', Uint16Array.of(0x3f80, 0xc000))); // Float32Array [1, -2]
 * ```
 */
export const decodeHalf = (type: HalfType, bits: Uint16Array): Float32Array => {
  requireType('decodeHalf', type);
  requireArgument(bits instanceof Uint16Array, 'decodeHalf', 'bits', 'a Uint16Array', bits);
  return decode(type, bits);
};

const requireType = (call: string, type: HalfType): void =>
  requireArgument(type === 'float16' || type === 'bfloat16', call, 'type', "'float16' or 'bfloat16'", type);
