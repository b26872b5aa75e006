// Adam, with and without weight decay.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { momentSchema, weightDecay } from './moment-schema.ts';
import type { MomentOptions } from './transforms/moments.ts';
import { scaleByAdam } from './transforms/scale-by-adam.ts';
import { addDecayedWeights, scaleByLearningRate } from './transforms/simple.ts';
import { chain } from './transforms/transformation.ts';

/** β₁ 0.9, β₂ 0.999 and ε 1e-8 by default. */
export type AdamOptions = MomentOptions;

/**
 * Adam (Kingma & Ba 2015): θ ← θ − η·m̂ / (√v̂ + ε).
 *
 * @example
 * ```ts
 * import { adam } from '@mapping-networks/train';
 * console.log(adam().options); // { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
 * ```
 */
export const adam: Plugin<'optimizer', 'adam', Partial<AdamOptions>, AdamOptions> = definePlugin({
  kind: 'optimizer',
  name: 'adam',
  summary: 'Adam: steps scaled by running averages of the gradient and its square.',
  options: momentSchema,
  slots: {},
  create: (options) => chain(scaleByAdam(options), scaleByLearningRate()),
});

/** The whole options of `adamW`. */
export interface AdamWOptions extends MomentOptions {
  /** λ, 0 … 1000. Default 0.01. */
  readonly weightDecay: number;
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019): θ ← θ − η·(m̂ / (√v̂ + ε) + λθ), for all that a parameterization trains; the
 * weights of a loss's terms do not decay.
 * The default of `train`: a decay of 0.01 lowers the validation loss of mapped networks (reproduction/tuning).
 *
 * @example
 * ```ts
 * import { adamW } from '@mapping-networks/train';
 * console.log(adamW({ weightDecay: 0.1 }).options); // { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 }
 * ```
 */
export const adamW: Plugin<'optimizer', 'adamW', Partial<AdamWOptions>, AdamWOptions> = definePlugin({
  kind: 'optimizer',
  name: 'adamW',
  summary: 'Adam with decoupled weight decay.',
  options: momentSchema.extend({ weightDecay: weightDecay(0.01) }),
  slots: {},
  create: (options) =>
    chain(scaleByAdam(options), addDecayedWeights(options.weightDecay), scaleByLearningRate()),
});
