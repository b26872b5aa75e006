// Masks in few bytes, read: a range decoder (G. N. N. Martin 1979, "Range encoding: an algorithm for removing redundancy
// from a digitised message"; bytes are taken as in LZMA), all in whole numbers below 2⁴¹, which doubles hold exactly.
import { LEAST_SHIFT, onesPart, walkMask, type MaskSpace } from './bit-model.ts';

/**
 * The mask that `encodeMask` makes these bytes of, 1 for each weight that is kept; undefined where it would make others.
 * `theta` is what the encoder had, the weights before the mask.
 *
 * @example
 * ```ts
 * import { decodeMask, kernelSpec, placeParameters } from '@mapping-networks/runtime/canonical';
 * const space = placeParameters([kernelSpec('fc', [2, 4])]);
 * console.log(decodeMask(Uint8Array.of(31, 128), space)); // Uint8Array(8) [0, 1, 1, 1, 1, 1, 1, 1]
 * ```
 */
export const decodeMask = (
  bytes: Uint8Array,
  space: MaskSpace,
  theta?: Float32Array,
): Uint8Array | undefined => {
  const mode = bytes[0] ?? 0;
  if (mode > 63 || (mode & 31) < LEAST_SHIFT) return undefined;
  let [place, range, code] = [0, 1, 0];
  const widen = (least: number): void => {
    // Behind the last byte there are zeros.
    for (; range < least; range *= 256) code = 256 * code + (bytes[++place] ?? 0);
  };
  widen(2 ** 32);
  const kept = walkMask(space, theta, mode, (ones, all) => {
    const part = onesPart(range, ones, all);
    const bit = code < part ? 1 : 0;
    if (bit) range = part;
    else {
      code -= part;
      range -= part;
    }
    widen(2 ** 24);
    return bit;
  });
  // Of all numbers that say this the encoder writes the one that ends in the most zeros, and of these none.
  const { length } = bytes;
  const written = code < 2 ** 24 && length <= place - 2 && (length === 1 || bytes[length - 1] !== 0);
  return written ? kept : undefined;
};
