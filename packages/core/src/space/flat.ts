// θ as one flat array and as named arrays: cutting and joining are inverse.
import * as tf from '@tensorflow/tfjs-core';
import { float32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import { requireArgument } from '../argument.ts';
import { wrongLength, missingTensor } from '../errors.ts';
import { requireSpace, type ParameterSpace } from './parameter-space.ts';

/**
 * The tensors of a flat θ, in views on its memory.
 *
 * @throws CORE_WRONG_LENGTH when θ does not have `space.size` elements
 * @example
 * ```ts
 * import { cut, kernel, parameterSpace } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('a', [1, 2]), kernel('b', [2, 1])]);
 * console.log(cut(space, Float32Array.of(1, 2, 3, 4))['b.kernel']?.data); // Float32Array [3, 4]
 * ```
 */
export const cut = (space: ParameterSpace, theta: Float32Array): NamedArrays => {
  requireSpace('cut', space);
  requireArgument(ArrayBuffer.isView(theta), 'cut', 'theta', 'a Float32Array', theta);
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
 * @example
 * ```ts
 * import { cut, join, kernel, parameterSpace } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('a', [1, 2]), kernel('b', [2, 1])]);
 * console.log(join(space, cut(space, Float32Array.of(1, 2, 3, 4)))); // Float32Array [1, 2, 3, 4]
 * ```
 */
export const join = (space: ParameterSpace, parameters: NamedArrays): Float32Array => {
  requireSpace('join', space);
  requireArgument(
    typeof parameters === 'object' && parameters !== null,
    'join',
    'parameters',
    'arrays by name',
    parameters,
  );
  const theta = new Float32Array(space.size);
  for (const { name, offset, size } of space.parameters) {
    const data = parameters[name]?.data;
    if (!data) throw missingTensor(name, Object.keys(parameters));
    if (data.length !== size) throw wrongLength(name, size, data.length);
    theta.set(data, offset);
  }
  return theta;
};

/**
 * `cut` for a TensorFlow.js vector: differentiable slices, one for each tensor of the space.
 *
 * @example
 * ```ts
 * import { cutTensor, kernel, parameterSpace } from '@mapping-networks/core';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const space = parameterSpace([kernel('a', [1, 2]), kernel('b', [2, 1])]);
 * console.log(cutTensor(space, tf.tensor1d([1, 2, 3, 4]))['b.kernel']?.shape); // [2, 1]
 * ```
 */
export const cutTensor = (space: ParameterSpace, theta: tf.Tensor1D): NamedTensors =>
  Object.fromEntries(
    space.parameters.map(({ name, shape, offset, size }) => [
      name,
      tf.reshape(tf.slice(theta, [offset], [size]), [...shape]),
    ]),
  );
