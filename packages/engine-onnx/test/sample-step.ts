// A small step with a gradient, constants and both types, and what it comes to.
import {
  float32,
  int32,
  type NamedArrays,
  type NamedTensors,
  type StepSignature,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

export const get = (tensors: NamedTensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`no tensor ${name}`);
  return tensor;
};

export const signature: StepSignature = {
  name: 'sample',
  frozen: { w: float32(Float32Array.of(1, -2, 3, 0.5, 4, -1), [2, 3]) },
  inputs: { z: { shape: [3], dtype: 'float32' }, labels: { shape: [2], dtype: 'int32' } },
};

export const inputs: NamedArrays = {
  z: float32(Float32Array.of(0.1, 0.2, -0.3)),
  labels: int32(Int32Array.of(1, 0)),
};

/** Value and gradient of a small function of z, with a constant and inputs passed through. */
export const step = (named: NamedTensors): NamedTensors => {
  const f = (z: tf.Tensor): tf.Scalar => {
    const product = tf.dot(get(named, 'w'), tf.exp(z));
    return tf.sum(tf.mul(product, tf.cast(get(named, 'labels'), 'float32')));
  };
  const { value, grad } = tf.valueAndGrad(f)(get(named, 'z'));
  return {
    value,
    grad,
    z: get(named, 'z'),
    again: get(named, 'z'),
    w: get(named, 'w'),
    labels: get(named, 'labels'),
  };
};
