// Batch normalisation (Ioffe & Szegedy 2015) with explicit running statistics: the old ones come in, the new ones
// go out.
import * as tf from '@tensorflow/tfjs-core';

interface Statistics {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

export interface BatchNormInputs {
  /** `[batch, ..., channels]`. */
  readonly x: tf.Tensor;
  /** `[channels]`, as are the bias and the running statistics. */
  readonly gain: tf.Tensor;
  readonly bias: tf.Tensor;
  readonly running: Statistics;
  readonly training: boolean;
  readonly momentum: number;
  readonly epsilon: number;
}

/** gain · (x − mean) / √(variance + epsilon) + bias, and the running statistics after this batch. */
export const batchNorm = (
  inputs: BatchNormInputs,
): { readonly output: tf.Tensor; readonly running: Statistics } => {
  const { x, gain, bias, running, training, momentum, epsilon } = inputs;
  if (!training) return { output: normalize(x, running, gain, bias, epsilon), running };
  const batch = tf.moments(
    x,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
  // Normalisation takes the biased variance, the running one is unbiased: what PyTorch does. A single value has no
  // unbiased variance; its biased one, zero, is taken then.
  const count = x.size / gain.size;
  const unbiased = tf.mul(batch.variance, count / Math.max(1, count - 1));
  const towards = (old: tf.Tensor, seen: tf.Tensor): tf.Tensor =>
    tf.add(tf.mul(old, 1 - momentum), tf.mul(seen, momentum));
  return {
    output: normalize(x, batch, gain, bias, epsilon),
    running: { mean: towards(running.mean, batch.mean), variance: towards(running.variance, unbiased) },
  };
};

const normalize = (
  x: tf.Tensor,
  { mean, variance }: Statistics,
  gain: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): tf.Tensor => tf.add(tf.mul(tf.sub(x, mean), tf.mul(gain, tf.rsqrt(tf.add(variance, epsilon)))), bias);
