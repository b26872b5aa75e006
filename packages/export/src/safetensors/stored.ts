// How a tensor of weights is stored: in which numbers, and whether only those that are not zero.
import type { WeightFormat } from '@mapping-networks/core';
import { z } from 'zod';

/** What the metadata says of each tensor; its arrays stand in the file under its name and names that begin with it. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly type: 'float32' | WeightFormat['type'];
  /** Only values other than 0 are there, in their order; `NAME.mask` has a bit for each element, lowest bit first. */
  readonly sparse: boolean;
  /** Of int8 and int4: the axis whose slices have scales of their own; null for one scale. */
  readonly axis: number | null;
}

const side = z.int().min(0);

export const storedTensorSchema: z.ZodType<StoredTensor> = z.strictObject({
  shape: z.array(side).max(8),
  type: z.enum(['float32', 'float16', 'bfloat16', 'int8', 'int4']),
  sparse: z.boolean(),
  axis: side.nullable(),
});

/** The names of the arrays beside that of the tensor. */
export const MASK = '.mask';
export const SCALES = '.scales';
export const ZERO_POINTS = '.zeroPoints';
