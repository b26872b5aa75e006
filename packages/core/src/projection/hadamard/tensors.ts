// The Hadamard map on TensorFlow.js: one gather, two small matrix products over a reshape (H_n = H_a ⊗ H_b), one
// multiplication. Forward and adjoint are each other's gradients, so that no scatter is ever needed.
import type { HadamardPlan } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '../../arrays.ts';
import { linear } from '../linear.ts';
import { factorsOf } from './tables.ts';

const tensor = <T extends tf.Tensor>(frozen: NamedTensors, name: string): T => frozen[name] as T;

/** W z, without a gradient of its own. */
export const spreadAndTransform = (plan: HadamardPlan, z: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D => {
  const { rows, n, blocks } = plan;
  const [a, b] = factorsOf(n);
  const source = tf.concat([z, tf.neg(z), tf.zeros([1])]);
  const spread = tf.gather(source, tensor<tf.Tensor1D>(frozen, 'spread'));
  const half = tf.matMul(tf.reshape(spread, [blocks * b, a]), tensor(frozen, 'hadamardA'));
  const turned = tf.transpose(tf.reshape(half, [blocks, b, a]), [0, 2, 1]);
  const whole = tf.matMul(tf.reshape(turned, [blocks * a, b]), tensor(frozen, 'hadamardB'));
  return tf.mul(tf.slice(tf.reshape(whole, [-1]), [0], [rows]), tensor(frozen, 'left'));
};

const transformAndCollect = (plan: HadamardPlan, g: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D => {
  const { rows, columns, n, blocks } = plan;
  const [a, b] = factorsOf(n);
  const padded = tf.pad(tf.mul(g, tensor(frozen, 'left')), [[0, blocks * n - rows]]);
  const half = tf.matMul(tf.reshape(padded, [blocks * a, b]), tensor(frozen, 'hadamardB'));
  const turned = tf.transpose(tf.reshape(half, [blocks, a, b]), [0, 2, 1]);
  const whole = tf.matMul(tf.reshape(turned, [blocks * b, a]), tensor(frozen, 'hadamardA'));
  const flat = tf.reshape(whole, [blocks * n]);
  const source = tf.concat([flat, tf.neg(flat)]);
  const collected = tf.gather(source, tensor<tf.Tensor1D>(frozen, 'collect'));
  return tf.sum(tf.reshape(collected, [blocks, columns]), 0);
};

/** W z, differentiable any number of times. */
export const forward = (plan: HadamardPlan, z: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D =>
  linear(
    z,
    (x) => spreadAndTransform(plan, x, frozen),
    (dy) => adjoint(plan, dy, frozen),
  );

/** Wᵀ g, differentiable any number of times. */
export const adjoint = (plan: HadamardPlan, g: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D =>
  linear(
    g,
    (x) => transformAndCollect(plan, x, frozen),
    (dy) => forward(plan, dy, frozen),
  );
