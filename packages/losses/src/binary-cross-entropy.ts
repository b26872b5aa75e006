// Binary cross-entropy from logits.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { labelsLike } from './same-shape.ts';
import { meanPerExample, taskLoss } from './task-loss.ts';

const NAME = 'binaryCrossEntropy';

/**
 * Binary cross-entropy of logits x and labels y in [0, 1]: log(1 + eˣ) − x·y, which is
 * −y·log σ(x) − (1 − y)·log(1 − σ(x)) without its overflow; averaged over outputs and batch. In nats.
 *
 * @throws LOSSES_LABELS_SHAPE when evaluated
 * @example
 * ```ts
 * import { binaryCrossEntropy } from '@mapping-networks/losses';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 *
 * const logits = tf.tensor2d([[0], [100]]);
 * binaryCrossEntropy().impl.perExample?.(logits, tf.tensor1d([1, 0])).print(); // [0.6931, 100]
 * ```
 */
export const binaryCrossEntropy: Plugin<'loss', typeof NAME, object, object> = definePlugin({
  kind: 'loss',
  name: NAME,
  summary: 'Binary cross-entropy from logits; labels in [0, 1].',
  options: z.strictObject({}),
  slots: {},
  create: () =>
    taskLoss(NAME, (output, labels) =>
      meanPerExample(tf.sub(tf.softplus(output), tf.mul(output, labelsLike(NAME, output, labels)))),
    ),
});
