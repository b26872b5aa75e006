// A split in order, in batches of one size: the last one is filled up with the first example, and says how many of
// its examples count. So one compiled step serves a split of any size, exactly.

import { invalidOption } from '../errors.ts';

export interface FilledBatch {
  readonly indices: Int32Array;
  /** How many of the indices count, from the first. */
  readonly count: number;
}

/** @throws TRAIN_INVALID_OPTION unless `batchSize` is a whole number of at least 1 */
export const checkBatchSize = (batchSize: number): void => {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw invalidOption('batchSize', 'expected a whole number of at least 1', batchSize);
};

/** Batches of `batchSize` over examples 0 … size − 1. */
export function* filledBatches(size: number, batchSize: number): Generator<FilledBatch> {
  for (let start = 0; start < size; start += batchSize) {
    const count = Math.min(batchSize, size - start);
    yield { indices: Int32Array.from({ length: batchSize }, (_, i) => (i < count ? start + i : 0)), count };
  }
}
