// A network as other tools expect it: conventional operators over images `[N, C, H, W]`, batches of any size, weights
// under their names.
import type { Step } from '@mapping-networks/core';
import type { PortableModel } from '../onnx/model.ts';
import { portableModel, type InferenceSignature } from './portable-model.ts';

/**
 * A network as an ONNX model for any runtime: inputs `[batch, …]` with a batch of any size, as are the outputs; Conv,
 * MaxPool, AveragePool and Gemm over images `[N, C, H, W]` (inputs stay `[N, H, W, C]`), with biases in them and batch
 * normalizations in the weights before them. What depends on weights alone is computed now. Operator set 18.
 *
 * `step` gets inputs and weights under their names and must treat each example by itself.
 *
 * @throws GRAPH_BATCH_DEPENDENT where a graph depends on the size of the batch; what `trace` throws
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { exportInference } from '@mapping-networks/graph';
 * import * as tf from '@tensorflow/tfjs-core';
 * const kernel = float32(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
 * const bias = float32(Float32Array.of(1, -1));
 * const model = exportInference(
 *   ({ x, 'fc.kernel': w, 'fc.bias': b }) => ({ y: tf.relu(tf.add(tf.matMul(x!, w!), b!)) }),
 *   { inputs: { x: { shape: [3], dtype: 'float32' } }, weights: { 'fc.kernel': kernel, 'fc.bias': bias } },
 * );
 * console.log(model.nodes.map(({ operator, inputs }) => [operator, ...inputs].join(' ')));
 * // [ 'Gemm x fc.kernel fc.bias', 'Relu fc' ]
 * ```
 */
export const exportInference = (step: Step, signature: InferenceSignature): PortableModel =>
  portableModel(step, signature, 'now');
