// Numbers of results as JSON says them. JSON has no words for NaN and the infinities: null stands for them, as in the
// log, so that a score that is no number does not cost the record of its run.
import { z } from 'zod';

/** A number that `inner` allows, or null for one that was not finite, which is read as NaN. */
export const numberOrNull = (inner: z.ZodNumber = z.number()): z.ZodType<number> =>
  inner.nullable().overwrite((value) => value ?? Number.NaN) as z.ZodType<number>;

/** What becomes of a value by way of JSON. */
export const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
