// A network that holds what its weights are made of, and makes them.
import type { LatentEncoding, RandomRows, Step } from '@mapping-networks/core';
import { portableModel, type InferenceSignature } from '../inference/portable-model.ts';
import type { PortableModel } from '../onnx/model.ts';
import { compact } from './compact.ts';

/** What a network that makes its weights is exported with. */
export interface GeneratorSignature extends InferenceSignature {
  /**
   * Random bits and subsets that weights may be made of, as a map's `randomRows` tells: constants that turn out to be those
   * are stored as seeds, where drawing all of them takes no more than 300 MB of memory. By default none.
   */
  readonly randomRows?: readonly RandomRows[];
  /**
   * Weights that lie on grids, such as a quantized latent, by name, as `Model.encoding` tells: stored as their codes, float16
   * as it is. By default none.
   */
  readonly encoding?: Readonly<Record<string, LatentEncoding>>;
}

/**
 * A network that computes its weights when it is loaded: the model holds what they are made of, such as a latent and
 * the keys of a map, and `step` makes them of it. Constants that are `randomRows`, number by number, are stored as keys,
 * with functions that draw them; others lie in the file in the smallest form that says the same (signs as bits, indices
 * as uint16). Runtimes that fold constants, as ONNX Runtime does, compute everything but the network once. Names of constants
 * that are not stored as they came are short ones. `weights` are trainables, constants of the map and buffers; all else as
 * for `exportInference`.
 *
 * @throws what `exportInference` throws
 * @example
 * ```ts
 * import { hadamard, float32, randomKey } from '@mapping-networks/core';
 * import { encodeModel, exportGenerator } from '@mapping-networks/graph';
 * import * as tf from '@tensorflow/tfjs-core';
 * const [z, map] = [float32(new Float32Array(512).fill(0.5)), hadamard().impl.bind(100 * 784, 512, randomKey(7))];
 * const model = exportGenerator(
 *   ({ x, z: latent, ...tables }) => ({
 *     y: tf.matMul(x!, tf.reshape(map.forward(latent as tf.Tensor1D, tables), [784, 100])),
 *   }),
 *   {
 *     inputs: { x: { shape: [784], dtype: 'float32' } },
 *     weights: { z, ...map.frozen() },
 *     randomRows: map.randomRows?.() ?? [],
 *   },
 * );
 * console.log(encodeModel(model).length < 10_000); // true
 * ```
 */
export const exportGenerator = (step: Step, signature: GeneratorSignature): PortableModel => {
  const { randomRows = [], encoding = {}, weights } = signature;
  const kept = new Set(Object.keys(weights));
  return compact(portableModel(step, signature, 'whenLoaded'), { kept, randomRows, encoding });
};
