// A metric scores every example; evaluation averages it over a split, so that batches of any size agree.
import type * as tf from '@tensorflow/tfjs-core';

/** The contract of kind `metric`: a score for every example, from which averages are made. Not differentiated. */
export interface Metric {
  /** Whether a higher value is better. */
  readonly better: 'higher' | 'lower';
  /** One value for each example, `[batch]`. */
  perExample(output: tf.Tensor, labels: tf.Tensor): tf.Tensor1D;
}
