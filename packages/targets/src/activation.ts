// The element-wise functions, each made of operations whose gradients TensorFlow.js has.
import type { ActivationName } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

const ACTIVATION_FUNCTIONS: Readonly<Record<ActivationName, (x: tf.Tensor) => tf.Tensor>> = {
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.01),
  elu: (x) => tf.elu(x),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  softplus: (x) => tf.softplus(x),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
};

/** The function of an activation layer. */
export const activationFunction = (type: ActivationName): ((x: tf.Tensor) => tf.Tensor) =>
  ACTIVATION_FUNCTIONS[type];
