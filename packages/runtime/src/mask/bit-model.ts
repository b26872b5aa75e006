// What is likely of a mask, weight after weight: counts for each class of magnitudes, and for what was kept around. One
// walk serves both ways: who encodes knows the bits, who decodes gets them one by one, and both learn the same of them.
import type { ParameterSpace } from '../space/parameter.ts';

/** What a mask takes of a space. */
export type MaskSpace = Pick<ParameterSpace, 'parameters' | 'size'>;

/** Whether weight i is kept, 1 or 0; `ones` of `all` weights like it were. */
export type NextBit = (ones: number, all: number, i: number) => number;

/** What encoding or decoding a mask takes for each weight, in operations of about a nanosecond. */
export const MASK_OPERATIONS = 30;

/**
 * No mask of `size` weights takes more bytes.
 *
 * @example
 * ```ts
 * import { mostMaskBytes } from '@mapping-networks/runtime/canonical';
 * console.log(mostMaskBytes(8)); // 18
 * ```
 */
export const mostMaskBytes = (size: number): number => 2 * size + 2;

/** Bits of +∞; a NaN, whose bits no standard fixes, counts as one. */
const INFINITE = 0x7f800000;

/** Counts are halved when there are so many. */
const MEMORY = 256;

/** The fewest bits that a magnitude can lose: contexts are a table. */
export const LEAST_SHIFT = 16;

/**
 * How much of `range` stands for 1, by the estimate of Krichevsky and Trofimov (1981): ⌊range · (ones + ½) / (all + 1)⌋. A
 * weight narrows the range to 1 / 512 at the least, by two bytes at the most.
 */
export const onesPart = (range: number, ones: number, all: number): number =>
  Math.floor((range * (2 * ones + 1)) / (2 * all + 2));

/**
 * The bits that `next` gives for all weights in order. `mode` is (how many of the 31 bits of a magnitude are left out, from
 * the last on) + 32 · (whether bits around count).
 */
export const walkMask = (
  { parameters, size }: MaskSpace,
  theta: Float32Array | undefined,
  mode: number,
  next: NextBit,
): Uint8Array => {
  const [shift, around] = [mode & 31, mode >> 5];
  const bits = theta && new Uint32Array(theta.buffer, theta.byteOffset, size);
  // Two counts a context: what is kept, and all. Four contexts a class.
  const counts = new Uint16Array(8 * (1 + (INFINITE >>> shift)));
  const kept = new Uint8Array(size);
  for (const { offset, size: own, shape } of parameters) {
    const columns = shape.at(-1) ?? 1;
    const end = offset + own;
    // Where the last row starts that is not all zero, and what was kept of this row where that one has something.
    let above = -1;
    for (let row = offset; row < end; row += columns) {
      let [same, any] = [1, 0];
      for (let j = 0; j < columns; j++) {
        const i = row + j;
        const over = above < 0 ? 0 : (kept[above + j] as number);
        const magnitude = bits ? Math.min((bits[i] as number) & 0x7fffffff, INFINITE) >>> shift : 0;
        const at = 2 * (4 * magnitude + around * (2 * same + over));
        const [ones, all] = [counts[at] as number, counts[at + 1] as number];
        const bit = next(ones, all, i);
        kept[i] = bit;
        const halve = all + 1 === MEMORY ? 1 : 0;
        counts[at] = (ones + bit) >> halve;
        counts[at + 1] = (all + 1) >> halve;
        any |= bit;
        if (over) same = bit;
      }
      if (any) above = row;
    }
  }
  return kept;
};
