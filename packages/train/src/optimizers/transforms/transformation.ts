// Optimizers are chains of gradient transformations in the manner of optax (DeepMind JAX ecosystem, 2020): each turns
// gradients into other "updates" and keeps its own state. The last one scales by −learning rate.
import {
  prefixed,
  unprefixed,
  zeros,
  type NamedArrays,
  type NamedTensors,
  type Optimizer,
} from '@mapping-networks/core';
import type { TensorSpec } from '@mapping-networks/core';

/** A gradient transformation has the shape of an optimizer; only a chain that ends in the learning rate descends. */
export type Transformation = Optimizer;

/** A transformation of single tensors without state. */
export const stateless = (
  update: (gradients: NamedTensors, context: Parameters<Optimizer['update']>[2]) => NamedTensors,
): Transformation => ({
  init: () => ({}),
  update: (gradients, _state, context) => ({ updates: update(gradients, context), state: {} }),
});

/** Zeros in the shapes of the trainables, named `PREFIX.NAME`. */
export const zerosLike = (prefix: string, trainables: readonly TensorSpec[]): NamedArrays =>
  Object.fromEntries(trainables.map(({ name, shape }) => [`${prefix}.${name}`, zeros(shape)]));

/**
 * One transformation after another; the state of the i-th is named `i.…`.
 *
 * @example
 * ```ts
 * import { chain, clipByGlobalNorm, scaleByAdam, scaleByLearningRate } from '@mapping-networks/train';
 * const optimizer = chain(
 *   clipByGlobalNorm(1),
 *   scaleByAdam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }),
 *   scaleByLearningRate(),
 * );
 * console.log(Object.keys(optimizer.init([{ name: 'z', shape: [2] }]))); // ['1.m.z', '1.v.z']
 * ```
 */
export const chain = (...transformations: readonly Transformation[]): Transformation => ({
  init: (trainables) =>
    Object.assign({}, ...transformations.map(({ init }, i) => prefixed(`${i}.`, init(trainables)))),
  update: (gradients, state, context) => {
    let updates = gradients;
    const states = transformations.map((transformation, i) => {
      const result = transformation.update(updates, unprefixed(`${i}.`, state), context);
      updates = result.updates;
      return prefixed(`${i}.`, result.state);
    });
    return { updates, state: Object.assign({}, ...states) };
  },
});
