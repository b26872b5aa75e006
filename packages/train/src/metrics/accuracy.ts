// The share of examples whose class is the one with the highest logit.
import * as tf from '@tensorflow/tfjs-core';
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { perExampleMean } from './per-example-mean.ts';

/**
 * Accuracy, in [0, 1]: 1 where argmax of the logits is the label, else 0. A single logit stands for class 1 against
 * class 0 and is compared with 0. Outputs `[batch, ..., classes]` are averaged over what lies between.
 *
 * @example
 * ```ts
 * import { accuracy } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const logits = tf.tensor2d([[2, 1], [2, 1]]);
 * const scores = accuracy().impl.perExample(logits, tf.tensor1d([0, 1], 'int32'));
 * console.log(scores.dataSync()); // Float32Array [1, 0]
 * ```
 */
export const accuracy: Plugin<'metric', 'accuracy', object, object> = definePlugin({
  kind: 'metric',
  name: 'accuracy',
  summary: 'Share of examples whose highest logit is at the label.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    better: 'higher',
    perExample: (output, labels) => {
      const classes =
        output.shape.at(-1) === 1 ? tf.cast(tf.greater(output, 0), 'int32') : tf.argMax(output, -1);
      const right = tf.equal(tf.reshape(classes, labels.shape), tf.cast(labels, 'int32'));
      return perExampleMean(tf.cast(right, 'float32'));
    },
  }),
});
