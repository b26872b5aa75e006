// Clipping of the gradient's norm, in front of any optimizer.
import { definePlugin, type Part, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { adam } from './adam.ts';
import { clipByGlobalNorm } from './transforms/simple.ts';
import { chain } from './transforms/transformation.ts';

/** The whole options of `clipByNorm`. */
export interface ClipByNormOptions {
  /** c, above 0. Default 1. */
  readonly maxNorm: number;
  /** What gets the clipped gradients. Default `adam()`. */
  readonly optimizer: Part<'optimizer'>;
}

/**
 * g ← g·min(1, c / ‖g‖), ‖g‖ over all trainables together (Pascanu et al. 2013), then another optimizer.
 *
 * @example
 * ```ts
 * import { clipByNorm, sgd } from '@mapping-networks/train';
 * console.log(clipByNorm({ maxNorm: 5, optimizer: sgd() }).options.maxNorm); // 5
 * ```
 */
export const clipByNorm: Plugin<
  'optimizer',
  'clipByNorm',
  Partial<ClipByNormOptions>,
  ClipByNormOptions
> = definePlugin({
  kind: 'optimizer',
  name: 'clipByNorm',
  summary: 'Clips the norm of the whole gradient in front of another optimizer.',
  options: z.strictObject({
    maxNorm: z.number().gt(0).max(1e9).default(1).describe('Largest norm of all gradients together.'),
  }),
  slots: { optimizer: { kind: 'optimizer', default: () => adam() } },
  create: ({ maxNorm, optimizer }) => chain(clipByGlobalNorm(maxNorm), optimizer.impl),
});
