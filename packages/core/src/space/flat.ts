// θ as one flat array and as named arrays: cutting and joining are inverse.
import * as tf from '@tensorflow/tfjs-core';
import { float32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import { wrongLength, missingTensor } from '../errors.ts';
import type { ParameterSpace } from './parameter-space.ts';

/**
 * The tensors of a flat θ, in views on its memory.
 *
 * @throws CORE_WRONG_LENGTH when θ does not have `space.size` elements
 */
export const cut = (space: ParameterSpace, theta: Float32Array): NamedArrays => {
  if (theta.length !== space.size) throw wrongLength('θ', space.size, theta.length);
  return Object.fromEntries(
    space.parameters.map(({ name, shape, offset, size }) => [
      name,
      float32(theta.subarray(offset, offset + size), shape),
    ]),
  );
};

/**
 * One flat θ from the tensors of a space, copied.
 *
 * @throws CORE_MISSING_TENSOR, CORE_WRONG_LENGTH
 */
export const join = (space: ParameterSpace, parameters: NamedArrays): Float32Array => {
  const theta = new Float32Array(space.size);
  for (const { name, offset, size } of space.parameters) {
    const data = parameters[name]?.data;
    if (!data) throw missingTensor(name, Object.keys(parameters));
    if (data.length !== size) throw wrongLength(name, size, data.length);
    theta.set(data, offset);
  }
  return theta;
};

/** `cut` for a TensorFlow.js vector: differentiable slices, one for each tensor of the space. */
export const cutTensor = (space: ParameterSpace, theta: tf.Tensor1D): NamedTensors =>
  Object.fromEntries(
    space.parameters.map(({ name, shape, offset, size }) => [
      name,
      tf.reshape(tf.slice(theta, [offset], [size]), [...shape]),
    ]),
  );
