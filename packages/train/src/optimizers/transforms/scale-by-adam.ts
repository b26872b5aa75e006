// The direction of Adam.
import * as tf from '@tensorflow/tfjs-core';
import { checkArgument, prefixed } from '@mapping-networks/core';
import { entry, mapNamed } from '../../named.ts';
import { momentOptions } from '../moment-schema.ts';
import { biasCorrection, nextMoments, type MomentOptions } from './moments.ts';
import { zerosLike, type Transformation } from './transformation.ts';

/**
 * m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) (Kingma & Ba 2015, Algorithm 1).
 *
 * @example
 * ```ts
 * import { chain, scaleByAdam, scaleByLearningRate } from '@mapping-networks/train';
 * const adam = chain(scaleByAdam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }), scaleByLearningRate());
 * console.log(Object.keys(adam.init([{ name: 'z', shape: [2] }]))); // ['0.m.z', '0.v.z']
 * ```
 */
export const scaleByAdam = (options: MomentOptions): Transformation => {
  checkArgument('scaleByAdam', 'options', momentOptions, options);
  return {
    init: (trainables) => ({ ...zerosLike('m', trainables), ...zerosLike('v', trainables) }),
    update: (gradients, state, { step }) => {
      const { m, v } = nextMoments(gradients, state, options);
      const [c1, c2] = [biasCorrection(options.beta1, step), biasCorrection(options.beta2, step)];
      const updates = mapNamed(m, (mean, name) => {
        const root = tf.sqrt(tf.div(entry(v, name), c2));
        return tf.div(tf.div(mean, c1), tf.add(root, options.epsilon));
      });
      return { updates, state: { ...prefixed('m.', m), ...prefixed('v.', v) } };
    },
  };
};
