// Mean absolute error.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { labelsLike } from './same-shape.ts';
import { meanPerExample, taskLoss } from './task-loss.ts';

const NAME = 'mae';

/** |x| as x·sign x: the gradient of tf.abs at 0 is −1. */
const magnitude = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.sign(x));

/**
 * Mean absolute error: |output − label|, averaged over outputs and batch. Its gradient at 0 is taken as 0.
 *
 * @throws LOSSES_LABELS_SHAPE when evaluated
 * @example
 * ```ts
 * import { mae } from '@mapping-networks/losses';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 *
 * mae().impl.perExample?.(tf.tensor2d([[1, 4]]), tf.tensor2d([[1, 2]])).print(); // [1]
 * ```
 */
export const mae: Plugin<'loss', typeof NAME, object, object> = definePlugin({
  kind: 'loss',
  name: NAME,
  summary: 'Mean absolute error.',
  options: z.strictObject({}),
  slots: {},
  create: () =>
    taskLoss(NAME, (output, labels) =>
      meanPerExample(magnitude(tf.sub(output, labelsLike(NAME, output, labels)))),
    ),
});
