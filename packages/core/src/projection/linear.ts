// A linear operation on TensorFlow.js whose transpose is known: no tape through its inside, and no scatter in its
// gradient when the transpose has none.
import * as tf from '@tensorflow/tfjs-core';

type Linear = (x: tf.Tensor1D) => tf.Tensor1D;

/**
 * `apply(x)`, whose gradient is `transpose(dy)`.
 *
 * @example
 * ```ts
 * import { linear } from '@mapping-networks/core';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const turn = (x: tf.Tensor1D): tf.Tensor1D => tf.reverse1d(x);
 * const gradient = tf.grad((x) => linear(x as tf.Tensor1D, turn, turn));
 * console.log(gradient(tf.tensor1d([5, 7]), tf.tensor1d([1, 2])).dataSync()); // Float32Array [2, 1]
 * ```
 */
export const linear = (x: tf.Tensor1D, apply: Linear, transpose: Linear): tf.Tensor1D => {
  const operation = tf.customGrad((input) => ({
    value: apply(input as tf.Tensor1D),
    gradFunc: (dy: tf.Tensor) => transpose(dy as tf.Tensor1D),
  }));
  return operation(x) as tf.Tensor1D;
};
