// Losses that compare outputs with labels, from one function: the loss of every example.
import { requireArgument, type Loss } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * A loss that is the mean over the batch of `perExample`, and has no weights, noise or regularisers.
 *
 * @param name - what reports call its value: the name of the plugin
 * @param perExample - from output and labels to `[batch]`, pure and differentiable in the output
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { definePlugin } from '@mapping-networks/core';
 * import { taskLoss } from '@mapping-networks/losses';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { z } from 'zod';
 *
 * const largest = definePlugin({
 *   kind: 'loss',
 *   name: 'largest',
 *   summary: 'The largest error of each example.',
 *   options: z.strictObject({}),
 *   slots: {},
 *   create: () => taskLoss('largest', (output, labels) => tf.max(tf.abs(tf.sub(output, labels)), 1)),
 * });
 * ```
 */
export const taskLoss = (
  name: string,
  perExample: (output: tf.Tensor, labels: tf.Tensor) => tf.Tensor1D,
): Loss => {
  requireArgument(
    typeof name === 'string' && name !== '',
    'taskLoss',
    'name',
    'a string that is not empty',
    name,
  );
  requireArgument(typeof perExample === 'function', 'taskLoss', 'perExample', 'a function', perExample);
  return {
    requires: { noise: false, regularizers: [] },
    trainables: [],
    init: () => ({}),
    evaluate: ({ output, labels }) =>
      tf.tidy(() => {
        const total: tf.Scalar = tf.mean(perExample(output, labels));
        return { total, terms: { [name]: total } };
      }),
    perExample: (output, labels) => tf.tidy(() => perExample(output, labels)),
    check: () => [],
    diagnose: () => [],
  };
};

/** The mean over all axes but the first: `[batch, ...]` → `[batch]`. */
export const meanPerExample = (values: tf.Tensor): tf.Tensor1D =>
  values.rank === 1 ? (values as tf.Tensor1D) : tf.mean(tf.reshape(values, [values.shape[0] ?? 0, -1]), 1);
