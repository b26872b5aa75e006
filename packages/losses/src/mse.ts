// Mean squared error.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { labelsLike } from './same-shape.ts';
import { meanPerExample, taskLoss } from './task-loss.ts';

const NAME = 'mse';

/**
 * Mean squared error: (output − label)², averaged over outputs and batch.
 *
 * @throws LOSSES_LABELS_SHAPE when evaluated
 * @example
 * ```ts
 * import { mse } from '@mapping-networks/losses';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 *
 * mse().impl.perExample?.(tf.tensor2d([[1, 4]]), tf.tensor2d([[1, 2]])).print(); // [2]
 * ```
 */
export const mse: Plugin<'loss', typeof NAME, object, object> = definePlugin({
  kind: 'loss',
  name: NAME,
  summary: 'Mean squared error.',
  options: z.strictObject({}),
  slots: {},
  create: () =>
    taskLoss(NAME, (output, labels) =>
      meanPerExample(tf.squaredDifference(output, labelsLike(NAME, output, labels))),
    ),
});
