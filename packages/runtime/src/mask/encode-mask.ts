// Masks in few bytes, written: what `decodeMask` reads. Pages do without it.
import { onesPart, walkMask, type MaskSpace } from './bit-model.ts';

/** Bits of a magnitude that are left out: all of them; what leaves 2, 8 or 32 classes an octave. */
const SHIFTS = [31, 22, 20, 18];

const encodedIn = (mode: number, kept: Uint8Array, space: MaskSpace, theta?: Float32Array): number[] => {
  const bytes = [mode];
  let [low, range] = [0, 2 ** 32];
  const carry = (): void => {
    if (low < 2 ** 32) return;
    low -= 2 ** 32;
    let last = bytes.length - 1;
    for (; bytes[last] === 255; last--) bytes[last] = 0;
    bytes[last] = (bytes[last] as number) + 1;
  };
  walkMask(space, theta, mode, (ones, all, i) => {
    const part = onesPart(range, ones, all);
    if (kept[i]) range = part;
    else {
      low += part;
      range -= part;
      carry();
    }
    for (; range < 2 ** 24; range *= 256) {
      bytes.push(Math.floor(low / 2 ** 24));
      low = 256 * (low % 2 ** 24);
    }
    return kept[i] as number;
  });
  // The range has a number that ends in three bytes of zero; a reader adds zeros by itself.
  low = 2 ** 24 * Math.ceil(low / 2 ** 24);
  carry();
  bytes.push(low / 2 ** 24);
  while (bytes.length > 1 && bytes.at(-1) === 0) bytes.pop();
  return bytes;
};

/**
 * A mask, 1 for each weight that is kept, in few bytes: as few as it takes to say where it differs from what magnitudes
 * and neighbours let expect. `theta` are the weights before the mask, which a reader has to have, too, bit for bit; without
 * them only neighbours count. docs/guides/artifact.md has the format.
 *
 * @example
 * ```ts
 * import { encodeMask, kernelSpec, placeParameters } from '@mapping-networks/runtime/canonical';
 * const space = placeParameters([kernelSpec('fc', [2, 4])]);
 * console.log(encodeMask(Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1), space)); // Uint8Array [31, 128]
 * ```
 */
export const encodeMask = (kept: Uint8Array, space: MaskSpace, theta?: Float32Array): Uint8Array => {
  let least: readonly number[] | undefined;
  for (const shift of theta ? SHIFTS : SHIFTS.slice(0, 1)) {
    for (const mode of [shift, shift + 32]) {
      const bytes = encodedIn(mode, kept, space, theta);
      if (least === undefined || bytes.length < least.length) least = bytes;
    }
  }
  return Uint8Array.from(least ?? []);
};
