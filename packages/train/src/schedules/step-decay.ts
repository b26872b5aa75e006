// The learning rate falls by a factor at given points of the run.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

/** The whole options of `stepDecay`. */
export interface StepDecayOptions {
  /** Where the rate falls, as fractions of the run in (0, 1). Default 0.5 and 0.75. */
  readonly milestones: readonly number[];
  /** What it is multiplied by there, in (0, 1]. Default 0.1. */
  readonly factor: number;
}

/**
 * Step decay: `factor^k` at a step with k milestones m at or behind it, `step ≥ m·steps`.
 *
 * @example
 * ```ts
 * import { stepDecay } from '@mapping-networks/train';
 * const { impl } = stepDecay({ milestones: [0.5], factor: 0.1 });
 * console.log(impl.factor(49, 100), impl.factor(50, 100)); // 1 0.1
 * ```
 */
export const stepDecay: Plugin<
  'schedule',
  'stepDecay',
  Partial<StepDecayOptions>,
  StepDecayOptions
> = definePlugin({
  kind: 'schedule',
  name: 'stepDecay',
  summary: 'Falls by a factor at given fractions of the run.',
  options: z.strictObject({
    milestones: z
      .array(z.number().gt(0).lt(1))
      .readonly()
      .default([0.5, 0.75])
      .describe('Shares of the run after which the rate falls.'),
    factor: z.number().gt(0).max(1).default(0.1).describe('What it falls to, each time.'),
  }),
  slots: {},
  create: ({ milestones, factor }) => ({
    factor: (step, steps) => factor ** milestones.filter((milestone) => step >= milestone * steps).length,
  }),
});
