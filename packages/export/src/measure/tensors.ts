// Arrays to tensors of TensorFlow.js and back, on the backend that runs everywhere. It becomes the current one of the
// process, as it does when the engine is opened.
import { float32, type ArrayTensor } from '@mapping-networks/core';
import { wasm } from '@mapping-networks/engine-eager';
import * as tf from '@tensorflow/tfjs-core';

let started = false;

/** Does `work` on the backend `wasm`. */
export const onWasm = async <T>(work: () => T | Promise<T>): Promise<T> => {
  if (!started) {
    // Opening the engine starts the backend, with the kernels that the engine adds to it.
    (await wasm().impl.open()).dispose();
    started = true;
  }
  if (tf.getBackend() !== 'wasm') await tf.setBackend('wasm');
  return work();
};

export const toTensor = ({ data, shape, dtype }: ArrayTensor): tf.Tensor =>
  tf.tensor(data, [...shape], dtype);

/** The numbers of a tensor, which is disposed. */
export const fromTensor = async (tensor: tf.Tensor): Promise<ArrayTensor> => {
  const data = await tensor.data();
  const { shape } = tensor;
  tensor.dispose();
  return float32(Float32Array.from(data), shape);
};
