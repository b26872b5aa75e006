// What the JSON of a checkpoint must look like: field by field, nothing unknown.
import { z } from 'zod';
import { exactNumber } from './exact-json.ts';

const count = z.int().min(0);
const numbers = z.record(z.string(), exactNumber);
const scores = z.object({ loss: exactNumber }).catchall(exactNumber);

const state = z.strictObject({
  step: count,
  epoch: count,
  position: count,
  sums: numbers,
  learningRateScale: z.number().gt(0).max(1),
});

/** `checkpoint` of the metadata. */
export const fieldsSchema = z.strictObject({
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  run: z.record(z.string(), z.unknown()),
  state,
  rollback: state.exactOptional(),
  best: z.strictObject({ epoch: z.int().min(1), state }).exactOptional(),
  seconds: z.number().min(0),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** One line of the tensor `history`. */
export const recordSchema = z.strictObject({
  epoch: z.int().min(1),
  learningRate: exactNumber,
  objective: exactNumber,
  terms: numbers,
  weights: numbers.exactOptional(),
  train: scores,
  validation: scores.exactOptional(),
  seconds: z.number().min(0),
});
