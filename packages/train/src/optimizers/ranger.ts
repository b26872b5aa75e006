// Ranger is a preset: Lookahead around RAdam.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { blend, lookaheadOf, period, type LookaheadPace } from './lookahead.ts';
import { momentSchema, weightDecay } from './moment-schema.ts';
import { rectifiedAdam, type RAdamOptions } from './radam.ts';

/** Those of RAdam and of Lookahead: β₁ 0.95, β₂ 0.999, ε 1e-5, decay 0, period 6 and blend 0.5 by default. */
export interface RangerOptions extends RAdamOptions, LookaheadPace {}

/**
 * Ranger (Wright 2019): Lookahead every 6 steps around RAdam.
 *
 * @example
 * ```ts
 * import { ranger } from '@mapping-networks/train';
 * const { period, blend, beta1 } = ranger().options;
 * console.log(period, blend, beta1); // 6 0.5 0.95
 * ```
 */
export const ranger: Plugin<'optimizer', 'ranger', Partial<RangerOptions>, RangerOptions> = definePlugin({
  kind: 'optimizer',
  name: 'ranger',
  summary: 'Lookahead around RAdam.',
  options: momentSchema.extend({
    beta1: momentSchema.shape.beta1.default(0.95),
    epsilon: momentSchema.shape.epsilon.default(1e-5),
    weightDecay: weightDecay(0),
    period: period(6),
    blend,
  }),
  slots: {},
  create: (options) => lookaheadOf(rectifiedAdam(options), options),
});
