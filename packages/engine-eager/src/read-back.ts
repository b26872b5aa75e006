// From the tensors that a step returns to arrays of the caller's own.
import type * as tf from '@tensorflow/tfjs-core';
import {
  float32,
  int32,
  type ArrayTensor,
  type NamedArrays,
  type NamedTensors,
} from '@mapping-networks/core';
import { outputType } from './errors.ts';

/** @throws ENGINE_EAGER_OUTPUT_TYPE */
export const readBack = async (outputs: NamedTensors): Promise<NamedArrays> => {
  const arrays: Record<string, ArrayTensor> = {};
  for (const [name, tensor] of Object.entries(outputs)) arrays[name] = await readTensor(name, tensor);
  return arrays;
};

const readTensor = async (name: string, tensor: tf.Tensor): Promise<ArrayTensor> => {
  if (tensor.dtype !== 'float32' && tensor.dtype !== 'int32') throw outputType(name, tensor.dtype);
  // Some backends hand out the memory of the tensor itself, which an input may share, and casts to a wider type leave
  // the numbers in an array of the narrower one: a copy is ours, and of the right type.
  const data = await tensor.data<'float32' | 'int32'>();
  return tensor.dtype === 'float32'
    ? float32(new Float32Array(data), [...tensor.shape])
    : int32(new Int32Array(data), [...tensor.shape]);
};
