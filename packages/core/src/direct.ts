// The baseline: every parameter is its own trainable, in units of its initialisation.
import { scaleInPlace, tensorScales } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32 } from './arrays.ts';
import type { ParameterMap } from './contracts/parameterization.ts';
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
