// A target of one kernel, for tests of how networks are stored: what it computes does not matter.
import { definePlugin, kernel, parameterSpace, type Plugin, type Target } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** `fc.kernel` `[size, 1]`, called `net`. */
export const oneKernel = (
  size: number,
  buffers: Target['buffers'] = [],
): Plugin<'target', 'net', object, object> =>
  definePlugin({
    kind: 'target',
    name: 'net',
    summary: 'One kernel.',
    options: z.strictObject({}),
    slots: {},
    create: () => ({
      inputShape: [size],
      outputShape: [1],
      parameters: parameterSpace([kernel('fc', [size, 1])]),
      buffers,
      masks: [],
      apply: (_parameters, given, x) => ({ output: tf.clone(x), buffers: given }),
    }),
  });
