// The weight λ of a term in a sum of losses, as an option.
import { z } from 'zod';

/** Whoever needs more divides the task by it. */
export const MOST_WEIGHT = 1e6;

/** λ, 0 … 1,000,000. */
export const termWeight = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(MOST_WEIGHT).default(value).describe('λ in a sum of losses.');
