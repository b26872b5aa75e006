// What a split may do to its training inputs, as plain data that a recorded run can hold.
import { integers, type RandomKey } from '@mapping-networks/core';
import { z } from 'zod';

/** Random changes of training images. Validation and test images are never changed. */
export interface Augmentation {
  /** Largest shift in pixels, each way along both axes; what comes in is background. 0: none. */
  readonly shift: number;
}

export const augmentationSchema: z.ZodType<Augmentation> = z
  .strictObject({ shift: z.int().min(0).max(16).default(0).describe('Largest shift in pixels; 0 for none.') })
  .default({ shift: 0 })
  .describe('Random changes of training images.');

/**
 * Offsets (down, right) of each of `count` examples, whole numbers of −shift … shift: entries 2p and 2p + 1 belong to
 * position p of the batch.
 */
export const shifts = (key: RandomKey, count: number, shift: number): Int32Array =>
  integers(key, 2 * count, 2 * shift + 1).map((value) => value - shift);
