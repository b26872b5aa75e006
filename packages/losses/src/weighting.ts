// How the terms of a mapping loss are weighted: a closed union of plain data, so that a run records it.
import { z } from 'zod';
import { MOST_WEIGHT } from './term-weight.ts';

/** λ(w) of a trained weight: `softplus` is log(1 + eʷ), `sigmoid` 1 / (1 + e⁻ʷ), `raw` max(w, 0). */
export type WeightTransform = 'softplus' | 'sigmoid' | 'raw';

/** L = L_task + Σ λ_i·L_i with constant λ. */
export interface FixedWeighting {
  readonly type: 'fixed';
  /** λ of each term, in order, 0 … 1,000,000. By default each term's own `weight`. */
  readonly values?: readonly number[] | undefined;
}

/**
 * L = L_task + Σ λ(w_i)·L_i, minimised over z and w together, as the paper states. The gradient in w_i has the sign of
 * L_i ≥ 0, so that the weights only ever fall: `raw` reaches 0, `softplus` and `sigmoid` are slower. `diagnose` reports
 * a weight under 1 % of its initial value.
 */
export interface TrainableWeighting {
  readonly type: 'trainable';
  /** λ of each term at the start, positive (and under 1 for `sigmoid`). By default each term's own `weight`. */
  readonly initial?: readonly number[] | undefined;
  readonly transform: WeightTransform;
}

/**
 * L = L_task + Σ (λ_i·L_i + ε) / (2s_i²) + log s_i, minimised over z and log s together (after Kendall, Gal & Cipolla
 * 2018, who have λ = 1 and ε = 0). Every s² starts at ½, where the terms weigh λ; at its optimum s_i² = λ_i·L_i + ε, so
 * that the weight λ_i / (2s_i²) of L_i stays away from 0. Without ε that optimum is ½·log L_i, which has no lower bound:
 * a term that can vanish, as stability does for a network that ignores its input, would outweigh the task.
 */
export interface UncertaintyWeighting {
  readonly type: 'uncertainty';
  /** λ of each term, positive. By default each term's own `weight`. */
  readonly initial?: readonly number[] | undefined;
  /** ε > 0, 1e-30 … 1000. Default 0.5: no weight settles above its λ. */
  readonly epsilon: number;
}

/** How the terms of a mapping loss are weighted against its task, whose weight is 1. Plain data. */
export type Weighting = FixedWeighting | TrainableWeighting | UncertaintyWeighting;

/** What a user writes: the name alone, or the union with its defaults left out. */
export type WeightingInput =
  | Weighting['type']
  | FixedWeighting
  | (Omit<TrainableWeighting, 'transform'> & { readonly transform?: WeightTransform })
  | (Omit<UncertaintyWeighting, 'epsilon'> & { readonly epsilon?: number });

const weights = z
  .array(z.number().min(0).max(MOST_WEIGHT))
  .optional()
  .describe("λ of each term, in order; each term's own by default.");

/** Validates a weighting and writes out its defaults. */
export const weightingSchema: z.ZodType<Weighting, WeightingInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { type: value } : value),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('fixed'), values: weights }),
    z.strictObject({
      type: z.literal('trainable'),
      initial: weights,
      transform: z
        .enum(['softplus', 'sigmoid', 'raw'])
        .default('softplus')
        .describe('From the trained number to λ.'),
    }),
    z.strictObject({
      type: z.literal('uncertainty'),
      initial: weights,
      epsilon: z.number().min(1e-30).max(1000).default(0.5).describe('Keeps every weight below its λ.'),
    }),
  ]),
);
