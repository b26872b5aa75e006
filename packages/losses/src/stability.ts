// The stability term of the mapping loss: outputs should move little when the latent is disturbed.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { missingNoise, zeroGradient } from './errors.ts';
import { termWeight } from './term-weight.ts';

/** The whole options of `stability`. */
export interface StabilityOptions {
  /** Standard deviation σ of the disturbance of every trainable, 0 … 1000. Default 0.05. */
  readonly sigma: number;
  /** λ in a sum of losses that gives no weights of its own, 0 … 1,000,000. Default 0.1. */
  readonly weight: number;
}

const NAME = 'stability';

/**
 * L_stab = E_ε ‖f(z + σε) − f(z)‖² with ε ~ N(0, I): squared distance of the outputs (logits), summed over outputs,
 * averaged over the batch, one draw of ε a step. ε is an input (`requires.noise`); the disturbed network sees the same
 * batch, buffers and masks. Costs a second forward and backward pass.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134), Eq. 26.
 *
 * @throws CORE_INVALID_OPTIONS; LOSSES_MISSING_NOISE when evaluated without noise
 * @example
 * ```ts
 * import { crossEntropy, mappingLoss, stability } from '@mapping-networks/losses';
 * const loss = mappingLoss({ task: crossEntropy(), terms: [stability({ sigma: 0.1 })] });
 * console.log(loss.impl.requires.noise); // true
 * ```
 */
export const stability: Plugin<
  'loss',
  typeof NAME,
  Partial<StabilityOptions>,
  StabilityOptions
> = definePlugin({
  kind: 'loss',
  name: NAME,
  summary: 'Squared change of the outputs when the trainables are disturbed by noise.',
  options: z.strictObject({
    sigma: z.number().min(0).max(1000).default(0.05).describe('Standard deviation of the disturbance.'),
    weight: termWeight(0.1),
  }),
  slots: {},
  create: ({ sigma, weight }) => ({
    requires: { noise: true, regularizers: [] },
    weight,
    trainables: [],
    init: () => ({}),
    evaluate: ({ output, trainables, noise, forward }) =>
      tf.tidy(() => {
        const disturbed = Object.entries(trainables).map(([name, value]) => {
          const epsilon = noise[name];
          if (epsilon === undefined) throw missingNoise(name);
          return [name, tf.add(value, tf.mul(epsilon, sigma))] as const;
        });
        const change = tf.squaredDifference(forward(Object.fromEntries(disturbed)), output);
        const total: tf.Scalar = tf.div(tf.sum(change), output.shape[0] ?? 1);
        return { total, terms: { [NAME]: total } };
      }),
    check: () => (sigma === 0 ? [zeroGradient(NAME, 'sigma is 0, so that nothing is disturbed')] : []),
    diagnose: () => [],
  }),
});
