// A target that keeps a variable of its own: whoever trains it hears of it, instead of training with the numbers that
// the variable had when the step was recorded.
import { bias, kernel, parameterSpace, type Target } from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import { wasm } from '@mapping-networks/engine-eager';
import { defineTarget } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { pipeline } from 'mapping-networks';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';

const scale = tf.variable(tf.scalar(0.5), false, 'scale');
const settled = scale.clone();
afterAll(() => tf.dispose([scale, settled]));

const scaled = defineTarget({
  name: 'scaled',
  summary: 'One layer, whose output is scaled by a number that the target keeps.',
  options: z.strictObject({ fixed: z.boolean() }),
  build: ({ fixed }): Target => ({
    inputShape: [28, 28, 1],
    outputShape: [10],
    parameters: parameterSpace([kernel('fc', [784, 10]), bias('fc', 10)]),
    buffers: [],
    masks: [],
    apply: (parameters, buffers, x) => ({
      output: tf.tidy(() => {
        const flat = tf.reshape(x, [-1, 784]);
        const logits = tf.add(tf.matMul(flat, parameters['fc.kernel']!), parameters['fc.bias']!);
        return tf.mul(logits, fixed ? settled : scale);
      }),
      buffers,
    }),
  }),
});

const trained = (fixed: boolean, engine: ReturnType<typeof onnx | typeof wasm>): Promise<unknown> =>
  pipeline({
    target: scaled({ fixed }),
    dataset: { use: 'glyphs', train: 8, validation: 4, test: 4 },
    latentDim: 8,
    epochs: 1,
    batchSize: 4,
    engine,
  }).train();

it('is refused by name, with what to do', async () => {
  const training = trained(false, onnx({ threads: 1 }));
  await expect(training).rejects.toMatchObject({
    code: 'GRAPH_NOT_PURE',
    message: expect.stringMatching(
      /reads the variable 'scale' \(float32 \[\]\).*in a target: as a parameter or a buffer.*engine: 'wasm'.*its clone/,
    ),
  });
});

it('is trained by an engine that runs operations one by one, and by onnx where it keeps a clone', async () => {
  await trained(false, wasm());
  await trained(true, onnx({ threads: 1 }));
});
