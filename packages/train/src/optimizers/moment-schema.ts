// The options that Adam and its relatives share, validated.
import { z } from 'zod';

const decay = (value: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).lt(1).default(value);

/** β₁, β₂ and ε with Adam's defaults. */
export const momentSchema: z.ZodObject<
  {
    beta1: z.ZodDefault<z.ZodNumber>;
    beta2: z.ZodDefault<z.ZodNumber>;
    epsilon: z.ZodDefault<z.ZodNumber>;
  },
  z.core.$strict
> = z.strictObject({ beta1: decay(0.9), beta2: decay(0.999), epsilon: z.number().gt(0).default(1e-8) });
