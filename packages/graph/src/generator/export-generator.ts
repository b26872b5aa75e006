// A network that holds what its weights are made of, and makes them.
import type { Step } from '@mapping-networks/core';
import { portableModel, type InferenceSignature } from '../inference/portable-model.ts';
import type { PortableModel } from '../onnx/model.ts';
import { compact } from './compact.ts';

/**
 * A network that computes its weights when it is loaded: the model holds what they are made of, such as a latent and
 * the signs of a map, and `step` makes them of it. Constants lie in the file in the smallest form that says the same
 * (signs as bits, indices as uint16), and runtimes that fold constants compute everything but the network once.
 * `weights` are trainables, constants of the map and buffers; all else as for `exportInference`.
 *
 * @throws what `exportInference` throws
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { exportGenerator } from '@mapping-networks/graph';
 * import * as tf from '@tensorflow/tfjs-core';
 * const model = exportGenerator(({ x, z, map }) => ({ y: tf.matMul(x!, tf.reshape(tf.dot(map!, z!), [2, 2])) }), {
 *   inputs: { x: { shape: [2], dtype: 'float32' } },
 *   weights: { z: float32(Float32Array.of(1, 2, 3)), map: float32(new Float32Array(12).fill(0.5), [4, 3]) },
 * });
 * console.log(model.initializers.map(({ name }) => name)); // [ 'map', 'int64_2_2', 'z' ]
 * ```
 */
export const exportGenerator = (step: Step, signature: InferenceSignature): PortableModel =>
  compact(portableModel(step, signature, 'whenLoaded'));
