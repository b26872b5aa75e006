// A split in order, in batches of one size: the last one is filled up with the first example, and says how many of
// its examples count. So one compiled step serves a split of any size, exactly.
import { check } from '@mapping-networks/core';
import { z } from 'zod';
import { invalidSettings } from '../errors.ts';
import { batchSize } from '../run/settings.ts';

export interface FilledBatch {
  readonly indices: Int32Array;
  /** How many of the indices count, from the first. */
  readonly count: number;
}

const options = z.object({ batchSize: batchSize.default(256) });

/** @throws TRAIN_INVALID_OPTION unless `size` is a whole number of 1 to 1,000,000 */
export const checkBatchSize = (size: number): void => {
  const { issues } = check(options, { batchSize: size });
  if (issues !== undefined) throw invalidSettings(issues);
};

/** Batches of `batchSize` over examples 0 … size − 1. */
export function* filledBatches(size: number, batchSize: number): Generator<FilledBatch> {
  for (let start = 0; start < size; start += batchSize) {
    const count = Math.min(batchSize, size - start);
    yield { indices: Int32Array.from({ length: batchSize }, (_, i) => (i < count ? start + i : 0)), count };
  }
}
