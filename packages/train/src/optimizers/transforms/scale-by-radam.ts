// The direction of RAdam: plain averaged gradients until the variance of Adam's denominator is known, then Adam's
// with a factor for how well it is known.
import * as tf from '@tensorflow/tfjs-core';
import { checkArgument, prefixed } from '@mapping-networks/core';
import { entry, mapNamed } from '../../named.ts';
import { momentOptions } from '../moment-schema.ts';
import { biasCorrection, nextMoments, type MomentOptions } from './moments.ts';
import { zerosLike, type Transformation } from './transformation.ts';

/** Rectified from this length of the average on; the paper's text says 4, its code (and optax, PyTorch) 5. */
const THRESHOLD = 5;

/**
 * With ρ∞ = 2/(1 − β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ): r·m̂ / (√v̂ + ε) where ρ > 5, with
 * r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)), else m̂ (Liu et al. 2020, Algorithm 2).
 *
 * @example
 * ```ts
 * import { chain, scaleByLearningRate, scaleByRadam } from '@mapping-networks/train';
 * const rAdam = chain(scaleByRadam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }), scaleByLearningRate());
 * console.log(Object.keys(rAdam.init([{ name: 'z', shape: [2] }]))); // ['0.m.z', '0.v.z']
 * ```
 */
export const scaleByRadam = (options: MomentOptions): Transformation => {
  checkArgument('scaleByRadam', 'options', momentOptions, options);
  const { beta1, beta2, epsilon } = options;
  const limit = 2 / (1 - beta2) - 1;
  const first = firstRectified(beta2, limit);
  return {
    init: (trainables) => ({ ...zerosLike('m', trainables), ...zerosLike('v', trainables) }),
    update: (gradients, state, { step }) => {
      const { m, v } = nextMoments(gradients, state, options);
      const [c1, c2] = [biasCorrection(beta1, step), biasCorrection(beta2, step)];
      const rectified = tf.cast(tf.greaterEqual(step, first), 'float32');
      const factor = tf.mul(rectified, rectification(Math.max(limit, THRESHOLD), step, c2));
      const plain = tf.sub(1, rectified);
      const updates = mapNamed(m, (mean, name) => {
        const root = tf.add(tf.sqrt(tf.div(entry(v, name), c2)), epsilon);
        const unbiased = tf.div(mean, c1);
        // Where it is not rectified, nothing is divided: a zero gradient with ε = 0 stays zero.
        const denominator = tf.add(tf.mul(root, rectified), plain);
        return tf.div(tf.mul(unbiased, tf.add(factor, plain)), denominator);
      });
      return { updates, state: { ...prefixed('m.', m), ...prefixed('v.', v) } };
    },
  };
};

/** ρ at step t, from c = 1 − β₂ᵗ. */
const rectification = (limit: number, step: tf.Scalar, c: tf.Scalar): tf.Tensor => {
  const length = tf.sub(limit, tf.div(tf.mul(tf.mul(step, 2), tf.sub(1, c)), c));
  const known = tf.maximum(length, THRESHOLD);
  const ratio = tf.div(tf.mul(tf.sub(known, 4), tf.sub(known, 2)), known);
  return tf.sqrt(tf.mul(ratio, limit / ((limit - 4) * (limit - 2))));
};

/** The first step with ρ > 5, in float64: float32 cannot decide it near the threshold. Infinity where ρ∞ ≤ 5. */
const firstRectified = (beta2: number, limit: number): number => {
  if (limit <= THRESHOLD) return Number.POSITIVE_INFINITY;
  let step = 1;
  while (limit + (2 * step * beta2 ** step) / Math.expm1(step * Math.log(beta2)) <= THRESHOLD) step++;
  return step;
};
