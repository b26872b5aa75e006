// Stochastic gradient descent.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { scaleByLearningRate, trace } from './transforms/simple.ts';
import { chain } from './transforms/transformation.ts';

/** The whole options of `sgd`. */
export interface SgdOptions {
  /** μ, in [0, 1). Default 0: plain gradient descent. */
  readonly momentum: number;
  /** Evaluate the momentum one step ahead. Default false. */
  readonly nesterov: boolean;
}

/**
 * Gradient descent with momentum: t ← μt + g, θ ← θ − η·t, or θ ← θ − η·(g + μt) with `nesterov`
 * (Sutskever et al. 2013).
 *
 * @example
 * ```ts
 * import { sgd } from '@mapping-networks/train';
 * console.log(sgd({ momentum: 0.9 }).options); // { momentum: 0.9, nesterov: false }
 * ```
 */
export const sgd: Plugin<'optimizer', 'sgd', Partial<SgdOptions>, SgdOptions> = definePlugin({
  kind: 'optimizer',
  name: 'sgd',
  summary: 'Gradient descent, with momentum or without.',
  options: z
    .strictObject({
      momentum: z.number().min(0).lt(1).default(0).describe('μ; 0 is plain descent.'),
      nesterov: z.boolean().default(false).describe('Evaluate the momentum one step ahead.'),
    })
    .refine(({ momentum, nesterov }) => !nesterov || momentum > 0, {
      path: ['nesterov'],
      message: 'expected false without momentum',
    }),
  slots: {},
  create: ({ momentum, nesterov }) =>
    momentum === 0 ? scaleByLearningRate() : chain(trace(momentum, nesterov), scaleByLearningRate()),
});
