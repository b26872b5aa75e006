// The Hadamard map on TensorFlow.js: one gather, two small matrix products over a reshape (H_n = H_a ⊗ H_b), one
// multiplication. Forward and adjoint are each other's gradients, so that no scatter is ever needed.
import * as tf from '@tensorflow/tfjs-core';
import { float32, int32, type NamedArrays, type NamedTensors } from '../../arrays.ts';
import { signAt } from '../../random/signs.ts';
import { linear } from '../linear.ts';
import { hadamardBlock, type HadamardPlan } from './plan.ts';

/**
 * The constants. Signs and padding are folded into the gathers: `spread` points into [z, −z, 0], `collect` into
 * [y, −y]. Positions are stored transposed, [b, a] within a block, which saves a transposition in each direction.
 */
export const hadamardFrozen = (plan: HadamardPlan): NamedArrays => {
  const { rows, columns, n, a, b, blocks } = plan;
  const spread = new Int32Array(blocks * n).fill(2 * columns);
  const collect = new Int32Array(blocks * columns);
  const left = new Float32Array(rows);
  const scale = 1 / Math.sqrt(columns);
  for (let k = 0; k < blocks; k++) {
    const block = hadamardBlock(plan, k);
    for (let i = 0; i < columns; i++) {
      const position = block.positions[i] as number;
      const at = k * n + (position % b) * a + Math.floor(position / b);
      const negative = signAt(block.right, i) < 0;
      spread[at] = negative ? columns + i : i;
      collect[k * columns + i] = negative ? blocks * n + at : at;
    }
    const end = Math.min(n, rows - k * n);
    for (let i = 0; i < end; i++) left[k * n + i] = signAt(block.left, i) * scale;
  }
  return {
    spread: int32(spread),
    collect: int32(collect),
    left: float32(left),
    hadamardA: float32(sylvester(a), [a, a]),
    hadamardB: float32(sylvester(b), [b, b]),
  };
};

/** The Walsh-Hadamard matrix of order n: (−1)^(number of common one-bits of row and column). */
const sylvester = (n: number): Float32Array => {
  const matrix = new Float32Array(n * n).fill(1);
  for (let bit = 1; bit < n; bit *= 2) {
    for (let i = 0; i < n * n; i++) if (Math.floor(i / n) & (i % n) & bit) matrix[i] = -(matrix[i] as number);
  }
  return matrix;
};

const tensor = <T extends tf.Tensor>(frozen: NamedTensors, name: string): T => frozen[name] as T;

const spreadAndTransform = (plan: HadamardPlan, z: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D => {
  const { rows, a, b, blocks } = plan;
  const source = tf.concat([z, tf.neg(z), tf.zeros([1])]);
  const spread = tf.gather(source, tensor<tf.Tensor1D>(frozen, 'spread'));
  const half = tf.matMul(tf.reshape(spread, [blocks * b, a]), tensor(frozen, 'hadamardA'));
  const turned = tf.transpose(tf.reshape(half, [blocks, b, a]), [0, 2, 1]);
  const whole = tf.matMul(tf.reshape(turned, [blocks * a, b]), tensor(frozen, 'hadamardB'));
  return tf.mul(tf.slice(tf.reshape(whole, [-1]), [0], [rows]), tensor(frozen, 'left'));
};

const transformAndCollect = (plan: HadamardPlan, g: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D => {
  const { rows, columns, n, a, b, blocks } = plan;
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
