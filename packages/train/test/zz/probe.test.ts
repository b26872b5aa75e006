import * as tf from '@tensorflow/tfjs-core';
import { test } from 'vitest';
import { mapping } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { wasm } from '@mapping-networks/engine-eager';
import { crossEntropy, mae } from '@mapping-networks/losses';
import { mlp } from '@mapping-networks/targets';
import { train } from '@mapping-networks/train';
test('probe', async () => {
  for (const modulation of ['vector'] as const) {
    try {
      const r = await train({ target: mlp({ hidden: [32] }), parameterization: mapping({ latentDim: 1024, modulation }), loss: crossEntropy(), dataset: glyphs({ train: 4000, validation: 500, test: 500 }), engine: wasm(), epochs: 2 });
      console.log(modulation, r.test, r.history.map((h) => h.objective));
    } catch (e) { console.log(modulation, String(e)); }
  }
  await tf.setBackend('cpu');
  const g = tf.grad((x: tf.Tensor) => tf.sum((mae().impl.perExample as any)(x, tf.tensor2d([[1]]))));
  console.log('mae grad at 0', g(tf.tensor2d([[1]])).dataSync());
}, 120000);
