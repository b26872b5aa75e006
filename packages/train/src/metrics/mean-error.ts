// Distances between predicted and true values.
import * as tf from '@tensorflow/tfjs-core';
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { perExampleMean } from './per-example-mean.ts';

/** Mean of |output − label|, in the units of the labels. */
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

/** Mean of (output − label)², in the units of the labels, squared. Its root over a split is the RMSE. */
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
