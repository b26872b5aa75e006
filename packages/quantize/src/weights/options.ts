// How weights are quantized: what `fakeQuantized` and the pass `quantize` have in common.
import type { WeightQuantization } from '@mapping-networks/runtime/canonical';
import { z } from 'zod';

export type { WeightQuantization };

/** The fields of `WeightQuantization` for the schema of a plugin. */
export const weightFields: {
  readonly [Name in keyof WeightQuantization]: z.ZodDefault<z.ZodType<WeightQuantization[Name]>>;
} = {
  type: z
    .enum(['int8', 'int4', 'float16', 'bfloat16'])
    .default('int8')
    .describe('What a weight is stored in: codes of 8 or 4 bits, or 16 bits of floating point.'),
  symmetric: z
    .boolean()
    .default(true)
    .describe('Codes reach as far below 0 as above; otherwise each grid has a zero point. Of int8 and int4.'),
  granularity: z
    .enum(['tensor', 'channel'])
    .default('channel')
    .describe('One scale a tensor, or one for each unit: the last axis of kernels. Of int8 and int4.'),
  range: z
    .enum(['minMax', 'mse'])
    .default('minMax')
    .describe('From the lowest to the highest weight, or clipped where the squared error is least.'),
  bias: z.boolean().default(false).describe('Whether biases and gains are rounded too.'),
};
