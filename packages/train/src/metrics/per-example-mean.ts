// Metrics and losses of values with inner axes count each example once, whatever its size.
import * as tf from '@tensorflow/tfjs-core';

/** The mean over all axes but the first: `[batch, ...]` → `[batch]`. */
export const perExampleMean = (values: tf.Tensor): tf.Tensor1D => {
  const [batch = 1] = values.shape;
  return tf.mean(tf.reshape(values, [batch, -1]), 1);
};
