// A network that no list of layers can say, written by hand: residual blocks h + (W h) · σ(G h).
import { bias, kernel, parameterSpace, sizeOf, type NamedTensors, type Target } from '@mapping-networks/core';
import { defineTarget } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

interface Sizes {
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly width: number;
  readonly blocks: number;
}

/** x W + b of the layer `name`. */
const dense = (x: tf.Tensor, parameters: NamedTensors, name: string): tf.Tensor =>
  tf.add(tf.matMul(x, parameters[`${name}.kernel`] as tf.Tensor), parameters[`${name}.bias`] as tf.Tensor);

const gatedResidual = ({ inputShape, classes, width, blocks }: Sizes): Target => {
  const features = sizeOf(inputShape);
  const names = Array.from({ length: blocks }, (_, i) => [`value${i + 1}`, `gate${i + 1}`] as const);
  const layer = (name: string, inputs: number, units: number) => [
    kernel(name, [inputs, units]),
    bias(name, units),
  ];
  return {
    inputShape,
    outputShape: [classes],
    parameters: parameterSpace([
      ...layer('stem', features, width),
      ...names.flat().flatMap((name) => layer(name, width, width)),
      ...layer('head', width, classes),
    ]),
    buffers: [],
    masks: [],
    apply: (parameters, buffers, x) => {
      const output = tf.tidy(() => {
        const stem = tf.tanh(dense(tf.reshape(x, [-1, features]), parameters, 'stem'));
        const hidden = names.reduce((h, [value, gate]) => {
          const gated = tf.mul(dense(h, parameters, value), tf.sigmoid(dense(h, parameters, gate)));
          return tf.add(h, gated);
        }, stem);
        return dense(hidden, parameters, 'head');
      });
      return { output, buffers };
    },
  };
};

export const gatedMlp = defineTarget({
  name: 'gatedMlp',
  summary: 'Residual blocks with gates over a flattened input.',
  options: z.strictObject({
    inputShape: z.array(z.int().min(1)).min(1).default([28, 28, 1]),
    classes: z.int().min(1).default(10),
    width: z.int().min(1).default(64),
    blocks: z.int().min(0).default(2),
  }),
  build: gatedResidual,
});
