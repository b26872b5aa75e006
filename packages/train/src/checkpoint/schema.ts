// What the JSON of a checkpoint must look like: field by field, nothing unknown.
import type { EpochRecord } from '@mapping-networks/core';
import { z } from 'zod';
import type { RunState } from '../step/state.ts';
import type { ARRAY_FIELDS } from './array-fields.ts';
import type { Checkpoint } from './checkpoint.ts';
import { exactNumber } from './exact-json.ts';

const count = z.int().min(0);
const numbers = z.record(z.string(), exactNumber);
const scores = z.object({ loss: exactNumber }).catchall(exactNumber);

/** A state without its arrays. */
export type Scalars = Omit<RunState, (typeof ARRAY_FIELDS)[number]>;

/** A checkpoint without its arrays and its history. */
export interface Fields extends Omit<Checkpoint, 'state' | 'rollback' | 'best' | 'history'> {
  readonly state: Scalars;
  readonly rollback?: Scalars;
  readonly best?: { readonly epoch: number; readonly state: Scalars };
}

const state: z.ZodType<Scalars> = z.strictObject({
  step: count,
  epoch: count,
  position: count,
  sums: numbers,
  learningRateScale: z.number().gt(0).max(1),
});

/** `checkpoint` of the metadata. */
export const fieldsSchema: z.ZodType<Fields> = z.strictObject({
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  run: z.record(z.string(), z.unknown()),
  state,
  rollback: z.exactOptional(state),
  best: z.strictObject({ epoch: z.int().min(1), state }).exactOptional(),
  seconds: z.number().min(0),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** One line of the tensor `history`. */
export const recordSchema: z.ZodType<EpochRecord> = z.strictObject({
  epoch: z.int().min(1),
  learningRate: exactNumber,
  objective: exactNumber,
  terms: numbers,
  weights: numbers.exactOptional(),
  train: scores,
  validation: scores.exactOptional(),
  seconds: z.number().min(0),
});
