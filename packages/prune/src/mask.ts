// A mask as a network has it in memory: one bit for each parameter in the order of θ, 1 for those that are kept. Bit i is
// bit i mod 32 of word ⌊i / 32⌋.
import { int32, type ArrayTensor } from '@mapping-networks/core';
import { invalidMask } from './errors.ts';

/** One entry for each parameter: 1 for those that are kept, 0 for those that are zero. */
export type Kept = Uint8Array;

/** How many words hold the mask of `size` parameters. */
export const wordsFor = (size: number): number => Math.ceil(size / 32);

export const packMask = (kept: Kept): ArrayTensor => {
  const words = new Int32Array(wordsFor(kept.length));
  for (let i = 0; i < kept.length; i++) {
    if (kept[i] !== 0) words[i >>> 5] = (words[i >>> 5] as number) | (1 << (i & 31));
  }
  return int32(words);
};

export const unpackMask = ({ data }: ArrayTensor, size: number): Kept => {
  const kept = new Uint8Array(size);
  for (let i = 0; i < size; i++) kept[i] = ((data[i >>> 5] as number) >>> (i & 31)) & 1;
  return kept;
};

/** @throws PRUNE_INVALID_MASK unless the mask is one of `size` parameters, the bits behind the last of them 0 */
export const requireMask = (mask: ArrayTensor, size: number): ArrayTensor => {
  const words = wordsFor(size);
  if (mask.dtype !== 'int32' || mask.shape.length !== 1 || mask.data.length !== words)
    throw invalidMask(`expected int32 [${words}], got ${mask.dtype} [${mask.shape.join(', ')}]`);
  const rest = size & 31;
  if (rest !== 0 && (mask.data[words - 1] as number) >>> rest !== 0)
    throw invalidMask(`it has bits for more than ${size} parameters`);
  return mask;
};

export const countKept = (kept: Kept, from = 0, to: number = kept.length): number => {
  let count = 0;
  for (let i = from; i < to; i++) count += kept[i] as number;
  return count;
};
