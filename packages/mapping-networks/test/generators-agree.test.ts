// Every path from latent to weights agrees: the canonical generator, TensorFlow.js on cpu, TensorFlow.js on wasm.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cut, type EngineSession } from '@mapping-networks/core';
import { cnn1, cnn2, cpu, mapping, oneHot, wasm, type MappingInput, type Part } from 'mapping-networks';

const cases: readonly (readonly [string, Part<'target'>, MappingInput])[] = [
  ['cnn1, one latent', cnn1(), { latentDim: 2072 }],
  ['cnn1, one-hot', cnn1(), { latentDim: 2072, projection: oneHot() }],
  ['cnn2, a latent a layer, tanh', cnn2(), { latentDim: 1872, strategy: 'layerwise', activation: 'tanh' }],
  ['cnn2, sin, linear modulation', cnn2(), { latentDim: 1500, activation: 'sin', modulation: 'linear' }],
];

describe.each([
  ['cpu', cpu()],
  ['wasm', wasm()],
])('%s', (_, engine) => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await engine.impl.open();
  });
  afterAll(async () => {
    session.dispose();
    await tf.setBackend('cpu');
  });

  test.each(cases)('%s', async (__, target, input) => {
    const { parameters: space } = target.impl;
    const map = mapping(input).impl.bind(space);
    const trainables = map.init(7);
    const frozen = map.frozen();
    const names = Object.keys(trainables);
    const step = session.compile(
      (inputs) =>
        map.materialize(Object.fromEntries(names.map((name) => [name, inputs[name] as tf.Tensor])), inputs),
      { frozen, inputs: trainables },
    );
    const made = await step.run(trainables);
    step.dispose();
    for (const [name, { data }] of Object.entries(cut(space, map.generate(trainables)))) {
      let energy = 0;
      for (const value of data) energy += value * value;
      const size = Math.sqrt(energy / data.length);
      const tensor = made[name]?.data ?? new Float32Array(0);
      expect(tensor.length).toBe(data.length);
      let worst = 0;
      for (let i = 0; i < data.length; i++) {
        worst = Math.max(worst, Math.abs((data[i] as number) - (tensor[i] as number)));
      }
      expect(worst / size).toBeLessThan(1e-5);
    }
  });
});
