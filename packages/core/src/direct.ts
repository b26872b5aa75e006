// The baseline: every parameter is its own trainable, in units of its initialisation.
import { scaleInPlace, tensorScales } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32, type NamedArrays } from './arrays.ts';
import type { ParameterMap } from './contracts/parameterization.ts';
import { missingTensor } from './errors.ts';
import { scaledTensors } from './space/scaling.ts';
import { definePlugin, type Plugin } from './plugin/plugin.ts';
import { randomKey } from './random/key.ts';
import { normal } from './random/normal.ts';
import { join } from './space/flat.ts';
import type { ParameterSpace } from './space/parameter-space.ts';

const bindDirect = (space: ParameterSpace): ParameterMap => {
  const scales = tensorScales(space);
  return {
    space,
    trainables: space.parameters.map(({ name, shape }) => ({ name, shape })),
    init: (seed) =>
      Object.fromEntries(
        space.parameters.map(({ name, shape, size }) => [
          name,
          float32(normal(randomKey(seed, 'direct', name), size), shape),
        ]),
      ),
    frozen: () => ({}),
    materialize: (trainables) =>
      scaledTensors(
        scales,
        tf.concat(
          space.parameters.map(({ name, size }) => tf.reshape(trainables[name] as tf.Tensor, [size])),
        ),
      ),
    generate: (trainables) => scaleInPlace(scales, join(space, trainables)),
    regularizers: {},
  };
};

/**
 * Trains all parameters: θ = mean + s·t with t ~ N(0, 1) at the start, so that one learning rate suits every tensor.
 *
 * @example
 * ```ts
 * import { direct, kernel, parameterSpace } from '@mapping-networks/core';
 * const map = direct().impl.bind(parameterSpace([kernel('fc', [4, 2])]));
 * console.log(map.trainables); // [{ name: 'fc.kernel', shape: [4, 2] }]
 * ```
 */
export const direct: Plugin<'parameterization', 'direct', object, object> = definePlugin({
  kind: 'parameterization',
  name: 'direct',
  summary: 'All parameters trained as they are: the baseline.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ learningRate: 0.03, bind: bindDirect }),
});

/**
 * Trainables of `direct` that give `weights`, to rounding: t = (θ − mean) / s. What passes make is held by `direct` so.
 *
 * @param weights one tensor for each parameter of the space, by name; others are left out
 * @throws CORE_MISSING_TENSOR
 * @example
 * ```ts
 * import { directTrainables, float32, kernel, parameterSpace } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('fc', [2, 1])]); // He: a standard deviation of 1
 * const weights = { 'fc.kernel': float32(Float32Array.of(0.5, 2), [2, 1]) };
 * console.log(directTrainables(space, weights)['fc.kernel']?.data); // Float32Array [0.5, 2]
 * ```
 */
export const directTrainables = (space: ParameterSpace, weights: NamedArrays): NamedArrays =>
  Object.fromEntries(
    tensorScales(space).map(({ parameter: { name, shape }, mean, scale }) => {
      const weight = weights[name];
      if (weight === undefined) throw missingTensor(name, Object.keys(weights));
      const units = Float32Array.from(weight.data, (value) => (value - mean) / scale);
      return [name, float32(units, shape)];
    }),
  );
