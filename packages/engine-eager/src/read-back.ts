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
  const data: unknown = await tensor.data();
  // Some backends hand out the memory of the tensor itself, which an input may share: slice() makes it ours.
  if (data instanceof Float32Array && tensor.dtype === 'float32')
    return float32(data.slice(), [...tensor.shape]);
  if (data instanceof Int32Array && tensor.dtype === 'int32') return int32(data.slice(), [...tensor.shape]);
  throw outputType(name, tensor.dtype);
};
