// Softmax cross-entropy from logits.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { labelsShape, labelsType, oneClass } from './errors.ts';
import { meanPerExample, taskLoss } from './task-loss.ts';

/** The whole options of `crossEntropy`. */
export interface CrossEntropyOptions {
  /** ε in [0, 1): each target is (1 − ε)·one-hot + ε / classes. Default 0. */
  readonly labelSmoothing: number;
}

const NAME = 'crossEntropy';

const negativeLogLikelihood = (logits: tf.Tensor, labels: tf.Tensor, smoothing: number): tf.Tensor1D => {
  if (labels.dtype !== 'int32') throw labelsType(NAME, labels.dtype);
  const positions = logits.shape.slice(0, -1);
  if (positions.join() !== labels.shape.join()) {
    throw labelsShape(NAME, 'one class index for each vector of logits', logits.shape, labels.shape);
  }
  const classes = logits.shape.at(-1) ?? 1;
  if (classes < 2) throw oneClass(NAME);
  const oneHot = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), 'float32');
  const logProbabilities = tf.logSoftmax(logits);
  const ofLabel = tf.neg(tf.sum(tf.mul(oneHot, logProbabilities), -1));
  if (smoothing === 0) return meanPerExample(ofLabel);
  const ofAll = tf.neg(tf.mean(logProbabilities, -1));
  return meanPerExample(tf.add(tf.mul(ofLabel, 1 - smoothing), tf.mul(ofAll, smoothing)));
};

/**
 * Softmax cross-entropy with labels as class indices: −Σ_k t_k · log softmax(logits)_k, averaged over the batch (and
 * over positions, for outputs `[batch, ..., classes]` with labels `[batch, ...]`), with t the one-hot label, smoothed
 * by ε (Szegedy et al. 2016). In nats, at least 0.
 *
 * @throws CORE_INVALID_OPTIONS; when evaluated LOSSES_LABELS_TYPE, LOSSES_LABELS_SHAPE, LOSSES_ONE_CLASS
 * @example
 * ```ts
 * import { crossEntropy } from '@mapping-networks/losses';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 *
 * const logits = tf.tensor2d([[2, 0, 0]]);
 * crossEntropy().impl.perExample?.(logits, tf.tensor1d([0], 'int32')).print(); // [0.2395]
 * ```
 */
export const crossEntropy: Plugin<
  'loss',
  typeof NAME,
  Partial<CrossEntropyOptions>,
  CrossEntropyOptions
> = definePlugin({
  kind: 'loss',
  name: NAME,
  summary: 'Softmax cross-entropy from logits, with label smoothing.',
  options: z.strictObject({
    labelSmoothing: z.number().min(0).lt(1).default(0).describe('Share of a label spread over all classes.'),
  }),
  slots: {},
  create: ({ labelSmoothing }) =>
    taskLoss(NAME, (output, labels) => negativeLogLikelihood(output, labels, labelSmoothing)),
});
