// Laws look at numbers, contracts speak of tensors: up, through a function, and down again, leaving nothing behind.
import type { ArrayTensor, NamedArrays, NamedTensors } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { disposedInput, tensorLeak } from '../errors.ts';

export const upload = ({ data, shape, dtype }: ArrayTensor): tf.Tensor => tf.tensor(data, [...shape], dtype);

export const uploadAll = (arrays: NamedArrays): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, upload(array)]));

export const download = (tensor: tf.Tensor): ArrayTensor => {
  const { shape } = tensor;
  const data = tensor.dataSync();
  // dataSync may hand out the backend's own memory.
  if (tensor.dtype === 'int32' || tensor.dtype === 'bool')
    return { dtype: 'int32', shape, data: Int32Array.from(data) };
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
};

/** The numbers of the tensor that `compute` makes from the uploaded arrays. */
export const numbersOf = (
  arrays: NamedArrays,
  compute: (tensors: NamedTensors) => tf.Tensor,
): ArrayTensor['data'] =>
  onTensors(arrays, (tensors) => ({ result: compute(tensors) }))['result']?.data ?? new Float32Array(0);

/** The tensors that `compute` makes from the uploaded arrays, read back. */
export const onTensors = (
  arrays: NamedArrays,
  compute: (tensors: NamedTensors) => NamedTensors,
): NamedArrays => {
  const results: Record<string, ArrayTensor> = {};
  tf.tidy(() => {
    for (const [name, tensor] of Object.entries(compute(uploadAll(arrays)))) results[name] = download(tensor);
  });
  return results;
};

/** Runs `compute` twice on the same tensors: nothing it makes may outlive a tidy, nothing it is given may die. */
export const expectNoLeak = (
  what: string,
  arrays: NamedArrays,
  compute: (tensors: NamedTensors) => unknown,
): void => {
  const inputs = uploadAll(arrays);
  try {
    const before = tf.memory().numTensors;
    for (let run = 0; run < 2; run++) {
      tf.tidy(() => void compute(inputs));
      for (const [name, tensor] of Object.entries(inputs))
        if (tensor.isDisposed) throw disposedInput(what, name);
    }
    const kept = tf.memory().numTensors - before;
    if (kept !== 0) throw tensorLeak(what, kept);
  } finally {
    tf.dispose(inputs);
  }
};

/** Runs something that has no business with tensors at all. */
export const expectNoTensors = <T>(what: string, act: () => T): T => {
  const before = tf.memory().numTensors;
  const result = act();
  const kept = tf.memory().numTensors - before;
  if (kept !== 0) throw tensorLeak(what, kept);
  return result;
};
