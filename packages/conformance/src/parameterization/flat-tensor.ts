// All parameters of a space as one differentiable vector.
import type { NamedTensors, ParameterSpace } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

export const flatTensor = (space: ParameterSpace, parameters: NamedTensors): tf.Tensor1D =>
  tf.concat1d(space.parameters.map(({ name, size }) => tf.reshape(parameters[name] as tf.Tensor, [size])));
