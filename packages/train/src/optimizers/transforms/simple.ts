// The transformations that fit on a line or two.
import * as tf from '@tensorflow/tfjs-core';
import { checkArgument, prefixed } from '@mapping-networks/core';
import { z } from 'zod';
import { entry, mapNamed } from '../../named.ts';
import { stateless, zerosLike, type Transformation } from './transformation.ts';

/**
 * −η·u: what makes an optimizer of a chain.
 *
 * @example
 * ```ts
 * import { scaleByLearningRate } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const context = { trainables: { z: tf.tensor1d([10]) }, learningRate: tf.scalar(0.5), step: tf.scalar(1) };
 * const { updates } = scaleByLearningRate().update({ z: tf.tensor1d([4]) }, {}, context);
 * console.log(updates['z']?.dataSync()); // Float32Array [-2]
 * ```
 */
export const scaleByLearningRate = (): Transformation =>
  stateless((gradients, { learningRate }) => {
    const descent = tf.neg(learningRate);
    return mapNamed(gradients, (gradient) => tf.mul(gradient, descent));
  });

/**
 * u + λ·θ: decoupled weight decay when it stands behind the adaptive scaling (Loshchilov & Hutter 2019). What a loss
 * trains, named `loss.…`, is left alone: it is no weight of a network.
 *
 * @throws CORE_INVALID_ARGUMENT unless λ is a number of 0 to 1000
 * @example
 * ```ts
 * import { addDecayedWeights } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const context = { trainables: { z: tf.tensor1d([10]) }, learningRate: tf.scalar(0.5), step: tf.scalar(1) };
 * const { updates } = addDecayedWeights(0.5).update({ z: tf.tensor1d([4]) }, {}, context);
 * console.log(updates['z']?.dataSync()); // Float32Array [9]
 * ```
 */
export const addDecayedWeights = (decay: number): Transformation => {
  checkArgument('addDecayedWeights', 'decay', z.number().min(0).max(1000), decay);
  return stateless((gradients, { trainables }) =>
    mapNamed(gradients, (gradient, name) =>
      name.startsWith('loss.') ? gradient : tf.add(gradient, tf.mul(entry(trainables, name), decay)),
    ),
  );
};

/**
 * g·min(1, c / ‖g‖), where ‖g‖ is the norm of all gradients as one vector (Pascanu et al. 2013).
 *
 * @example
 * ```ts
 * import { clipByGlobalNorm } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const context = { trainables: { z: tf.tensor1d([10]) }, learningRate: tf.scalar(0.5), step: tf.scalar(1) };
 * const { updates } = clipByGlobalNorm(1).update({ z: tf.tensor1d([4]) }, {}, context);
 * console.log(updates['z']?.dataSync()); // Float32Array [1]
 * ```
 */
export const clipByGlobalNorm = (maxNorm: number): Transformation => {
  checkArgument('clipByGlobalNorm', 'maxNorm', z.number().gt(0).max(1e9), maxNorm);
  return stateless((gradients) => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(tf.addN(squares));
    const factor = tf.div(maxNorm, tf.maximum(norm, maxNorm));
    return mapNamed(gradients, (gradient) => tf.mul(gradient, factor));
  });
};

/**
 * Momentum t ← μ t + g; the update is t, or g + μ t with Nesterov's look-ahead (Sutskever et al. 2013).
 *
 * @example
 * ```ts
 * import { chain, scaleByLearningRate, trace } from '@mapping-networks/train';
 * const momentum = chain(trace(0.9, false), scaleByLearningRate());
 * console.log(Object.keys(momentum.init([{ name: 'z', shape: [2] }]))); // ['0.trace.z']
 * ```
 */
export const trace = (decay: number, nesterov: boolean): Transformation => {
  checkArgument('trace', 'decay', z.number().min(0).lt(1), decay);
  checkArgument('trace', 'nesterov', z.boolean(), nesterov);
  return {
    init: (trainables) => zerosLike('trace', trainables),
    update: (gradients, state) => {
      const step = (old: tf.Tensor, gradient: tf.Tensor): tf.Tensor => tf.add(tf.mul(old, decay), gradient);
      const traces = mapNamed(gradients, (gradient, name) => step(entry(state, `trace.${name}`), gradient));
      const updates = nesterov
        ? mapNamed(gradients, (gradient, name) => step(entry(traces, name), gradient))
        : traces;
      return { updates, state: prefixed('trace.', traces) };
    },
  };
};
