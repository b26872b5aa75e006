// What someone does who installed nothing but @mapping-networks/core and TensorFlow.js: a target of their own, a
// mapping in front of it, a hand-written training loop, and a bundle that reads back as the same network.
import assert from 'node:assert/strict';
import {
  bias,
  createRegistry,
  definePlugin,
  hadamard,
  kernel,
  mapping,
  modelFingerprint,
  parameterSpace,
} from '@mapping-networks/core';
import { loadBundle, saveBundle } from '@mapping-networks/core/node';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { z } from 'zod';

const linear = definePlugin({
  kind: 'target',
  name: 'linear',
  summary: 'One dense layer on 20 inputs.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    inputShape: [20],
    outputShape: [3],
    parameters: parameterSpace([kernel('fc', [20, 3]), bias('fc', 3)]),
    buffers: [],
    masks: [],
    apply: (parameters, buffers, x) => ({
      output: tf.add(tf.matMul(x, parameters['fc.kernel']), parameters['fc.bias']),
      buffers,
    }),
  }),
});

const tensors = (arrays) =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );

await tf.setBackend('cpu');
const target = linear();
const parameterization = mapping({ latentDim: 16 });
const map = parameterization.impl.bind(target.impl.parameters);
const frozen = tensors(map.frozen());
const x = tf.randomNormal([64, 20], 0, 1, 'float32', 1);
const labels = tf.oneHot(tf.argMax(tf.slice(x, [0, 0], [-1, 3]), 1), 3);

const loss = (latent) => {
  const { output } = target.impl.apply(map.materialize({ z: latent }, frozen), {}, x, {
    training: true,
    masks: {},
  });
  return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(output)), 1)));
};

let latent = tf.tensor1d(map.init(0).z.data);
const before = (await loss(latent).data())[0];
for (let step = 0; step < 50; step++) {
  latent = tf.tidy(() => tf.sub(latent, tf.mul(tf.grad(loss)(latent), 2)));
}
const after = (await loss(latent).data())[0];
assert.ok(after < 0.8 * before, `expected the loss to fall by a fifth or more, from ${before}; got ${after}`);

const model = {
  target,
  parameterization,
  trainables: { z: { dtype: 'float32', shape: [16], data: Float32Array.from(await latent.data()) } },
  buffers: {},
};
const saved = await saveBundle('bundle', model);
const loaded = await loadBundle('bundle', createRegistry([linear, mapping, hadamard]));
assert.equal(modelFingerprint(loaded), modelFingerprint(model));
console.log(
  `loss ${before.toFixed(3)} -> ${after.toFixed(3)}, ${saved.latentBytes} bytes, fingerprint ${modelFingerprint(loaded)}`,
);
