// The options that Adam and its relatives share, validated.
import { z } from 'zod';

const beta = z.number().min(0).lt(1);

/** Far enough from 0 to be no 0 in float32. */
const epsilon = z.number().min(1e-30).max(1000);

/** β₁, β₂ and ε, all of them given. */
export const momentOptions: z.ZodType = z.object({ beta1: beta, beta2: beta, epsilon });

/** β₁, β₂ and ε with Adam's defaults. */
export const momentSchema: z.ZodObject<
  {
    beta1: z.ZodDefault<z.ZodNumber>;
    beta2: z.ZodDefault<z.ZodNumber>;
    epsilon: z.ZodDefault<z.ZodNumber>;
  },
  z.core.$strict
> = z.strictObject({
  beta1: beta.default(0.9).describe('Decay of the average gradient.'),
  beta2: beta.default(0.999).describe('Decay of the average squared gradient.'),
  epsilon: epsilon.default(1e-8).describe('Added to the divisor.'),
});

/** λ of a decoupled weight decay. */
export const weightDecay = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(1000).default(value).describe('λ of the decoupled weight decay.');
