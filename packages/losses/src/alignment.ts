// The alignment term of the mapping loss.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { regularizerLoss } from './regularizer-loss.ts';
import { termWeight } from './term-weight.ts';

/** The whole options of `alignment`. */
export interface AlignmentOptions {
  /** λ in a sum of losses that gives no weights of its own. Default 0.01. */
  readonly weight: number;
}

/**
 * L_align = 1 − cos(z, mean row of the modulated map), in [0, 2], exact, from the parameterization.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134), Eq. 26.
 *
 * @throws CORE_INVALID_OPTIONS; `check` throws LOSSES_MISSING_REGULARIZER for maps without it
 * @example
 * ```ts
 * import { alignment, mappingLoss } from '@mapping-networks/losses';
 * console.log(mappingLoss({ terms: [alignment({ weight: 0.1 })] }).impl.requires.regularizers); // ['alignment']
 * ```
 */
export const alignment: Plugin<
  'loss',
  'alignment',
  Partial<AlignmentOptions>,
  AlignmentOptions
> = definePlugin({
  kind: 'loss',
  name: 'alignment',
  summary: 'One minus the cosine of the latent and the mean row of the map.',
  options: z.strictObject({ weight: termWeight(0.01) }),
  slots: {},
  create: ({ weight }) => regularizerLoss('alignment', weight),
});
