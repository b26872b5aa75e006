// Distances between predicted and true values.
import * as tf from '@tensorflow/tfjs-core';
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { perExampleMean } from './per-example-mean.ts';

/**
 * Mean of |output − label|, in the units of the labels.
 *
 * @example
 * ```ts
 * import { meanAbsoluteError } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const scores = meanAbsoluteError().impl.perExample(tf.tensor2d([[1], [5]]), tf.tensor2d([[3], [5]]));
 * console.log(scores.dataSync()); // Float32Array [2, 0]
 * ```
 */
export const meanAbsoluteError: Plugin<'metric', 'meanAbsoluteError', object, object> = definePlugin({
  kind: 'metric',
  name: 'meanAbsoluteError',
  summary: 'Mean distance between output and label.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    better: 'lower',
    perExample: (output, labels) => perExampleMean(tf.abs(tf.sub(output, tf.reshape(labels, output.shape)))),
  }),
});

/**
 * Mean of (output − label)², in the units of the labels, squared. Its root over a split is the RMSE.
 *
 * @example
 * ```ts
 * import { meanSquaredError } from '@mapping-networks/train';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * const scores = meanSquaredError().impl.perExample(tf.tensor2d([[1], [5]]), tf.tensor2d([[3], [5]]));
 * console.log(scores.dataSync()); // Float32Array [4, 0]
 * ```
 */
export const meanSquaredError: Plugin<'metric', 'meanSquaredError', object, object> = definePlugin({
  kind: 'metric',
  name: 'meanSquaredError',
  summary: 'Mean squared distance between output and label.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    better: 'lower',
    perExample: (output, labels) =>
      perExampleMean(tf.squaredDifference(output, tf.reshape(labels, output.shape))),
  }),
});
