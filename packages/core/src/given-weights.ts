// Weights as they are, for whoever computes with them or stores them: nothing generates them, and nothing trains them.
import type { NamedArrays } from './arrays.ts';
import type { ParameterMap, WeightFormat } from './contracts/parameterization.ts';
import type { Part } from './plugin/part.ts';
import { join } from './space/flat.ts';
import type { ParameterSpace } from './space/parameter-space.ts';

const bindGiven = (
  space: ParameterSpace,
  formats: Readonly<Record<string, WeightFormat>> | undefined,
): ParameterMap => ({
  space,
  trainables: space.parameters.map(({ name, shape }) => ({ name, shape })),
  init: (): never => {
    throw new TypeError('These weights are given: there are no fresh ones.');
  },
  frozen: () => ({}),
  materialize: (weights) => ({ ...weights }),
  generate: (weights: NamedArrays) => join(space, weights),
  ...(formats && { formats: () => formats }),
  regularizers: {},
});

/**
 * A parameterization whose trainables are the weights themselves, bit for bit; `formats` says in how few bits they can be
 * stored. For exporters and for engines: it is no plugin, so that no bundle holds it, and training needs `direct`.
 *
 * @example
 * ```ts
 * import { float32, givenWeights, modelTheta, type Model } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const target = mlp({ inputShape: [1], hidden: [], classes: 1 });
 * const weights = { 'fc1.kernel': float32(Float32Array.of(0.1), [1, 1]), 'fc1.bias': float32(Float32Array.of(2)) };
 * const model: Model = { target, parameterization: givenWeights(), trainables: weights, buffers: {} };
 * console.log(modelTheta(model)); // Float32Array [0.1…, 2]
 * ```
 */
export const givenWeights = (formats?: Readonly<Record<string, WeightFormat>>): Part<'parameterization'> => ({
  kind: 'parameterization',
  name: 'givenWeights',
  options: {},
  impl: { learningRate: 0.03, bind: (space) => bindGiven(space, formats) },
});
