// The options that every built-in image classifier has.
import { z } from 'zod';

/** The whole options of `cnn1` and `cnn2`. */
export interface ImageClassifierOptions {
  /** Number of logits, 1 … 1,000,000; default 10. */
  readonly classes: number;
  /** `[height, width, channels]`; default `[28, 28, 1]`. */
  readonly inputShape: readonly number[];
}

/** Sides, channels, units, classes: one bound for all, beyond which no target fits into memory. */
export const side: z.ZodInt = z.int().min(1).max(1_000_000);

export const classes: z.ZodDefault<z.ZodInt> = side.default(10).describe('Number of logits.');

export const imageShape: z.ZodDefault<z.ZodArray<z.ZodInt>> = z
  .array(side)
  .length(3)
  .default([28, 28, 1])
  .describe('Shape of one input: height, width, channels.');
