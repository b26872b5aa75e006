// RAdam: Adam without the unreliable first steps.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { momentSchema, weightDecay } from './moment-schema.ts';
import type { MomentOptions } from './transforms/moments.ts';
import { scaleByRadam } from './transforms/scale-by-radam.ts';
import { addDecayedWeights, scaleByLearningRate } from './transforms/simple.ts';
import { chain, type Transformation } from './transforms/transformation.ts';

/** The whole options of `rAdam`. */
export interface RAdamOptions extends MomentOptions {
  /** Decoupled weight decay λ, at least 0. Default 0. */
  readonly weightDecay: number;
}

/** RAdam and decoupled decay as a transformation; `ranger` wraps it. */
export const rectifiedAdam = (options: RAdamOptions): Transformation =>
  chain(scaleByRadam(options), addDecayedWeights(options.weightDecay), scaleByLearningRate());

/**
 * Rectified Adam (Liu et al. 2020): momentum only while the variance of the adaptive rate is not tractable, then
 * Adam with a factor r for that variance. Needs no warm-up.
 *
 * @example
 * ```ts
 * import { rAdam } from '@mapping-networks/train';
 * console.log(rAdam().options); // { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }
 * ```
 */
export const rAdam: Plugin<'optimizer', 'rAdam', Partial<RAdamOptions>, RAdamOptions> = definePlugin({
  kind: 'optimizer',
  name: 'rAdam',
  summary: 'Adam with a rectified variance of its first steps.',
  options: momentSchema.extend({ weightDecay: weightDecay(0) }),
  slots: {},
  create: rectifiedAdam,
});
