// The smoothness term of the mapping loss.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { regularizerLoss } from './regularizer-loss.ts';
import { termWeight } from './term-weight.ts';

/** The whole options of `smoothness`. */
export interface SmoothnessOptions {
  /** λ in a sum of losses that gives no weights of its own. Default 1e-4: the value is a sum over all parameters. */
  readonly weight: number;
}

/**
 * L_smooth = ‖∂θ/∂z‖²_F, the squared Frobenius norm of the Jacobian of the map, exact, from the parameterization.
 * With identity activation and no modulation it is constant; `check` says so.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134), Eq. 26.
 *
 * @throws CORE_INVALID_OPTIONS; `check` throws LOSSES_MISSING_REGULARIZER for maps without it
 * @example
 * ```ts
 * import { mappingLoss, smoothness } from '@mapping-networks/losses';
 * console.log(mappingLoss({ terms: [smoothness()] }).impl.requires.regularizers); // ['smoothness']
 * ```
 */
export const smoothness: Plugin<
  'loss',
  'smoothness',
  Partial<SmoothnessOptions>,
  SmoothnessOptions
> = definePlugin({
  kind: 'loss',
  name: 'smoothness',
  summary: 'Squared norm of the Jacobian of the map.',
  options: z.strictObject({ weight: termWeight(1e-4) }),
  slots: {},
  create: ({ weight }) => regularizerLoss('smoothness', weight),
});
