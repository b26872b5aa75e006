// What networks compute, against TensorFlow.js.
import { modelParameters, type Model, type NamedArrays, type NamedTensors } from '@mapping-networks/core';
import { encodeBundle, float32, mapping, normal, randomKey, uniform } from '@mapping-networks/core';
import { everything, load, softmax } from '@mapping-networks/runtime';
import { cnn1, cnn2 } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf, target } from './support/bundles.ts';

const tensors = (arrays: NamedArrays): NamedTensors =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );

const applied = ({ target: part, buffers, ...model }: Model, x: Float32Array): Float32Array =>
  tf.tidy(() => {
    const image = tf.tensor(x, [1, ...part.impl.inputShape]);
    const parameters = tensors(modelParameters({ target: part, buffers, ...model }));
    const { output } = part.impl.apply(parameters, tensors(buffers), image, { training: false, masks: {} });
    return output.dataSync<'float32'>();
  });

/** Running statistics unlike those of a fresh network. */
const withStatistics = (model: Model): Model => ({
  ...model,
  buffers: Object.fromEntries(
    Object.entries(model.buffers).map(([name, { shape, data }]) => [
      name,
      float32(
        uniform(randomKey(5, name), data.length).map((value) => value + 0.5),
        shape,
      ),
    ]),
  ),
});

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const agrees = async (model: Model, seed: number): Promise<void> => {
  const network = await load(encodeBundle(model), everything);
  const { inputShape, outputShape } = model.target.impl;
  expect(network).toMatchObject({ inputShape, outputShape });
  const x = normal(
    randomKey(seed, 'x'),
    inputShape.reduce((size, side) => size * side, 1),
  );
  const before = x.slice();
  const y = network.run(x);
  expect(y).toHaveLength(outputShape[0] ?? 1);
  // An input is not written to, and a second run gives the same.
  expect(x).toEqual(before);
  expect(network.run(x)).toEqual(y);
  const layers = network.activations(x);
  expect(layers.map(({ data, shape }) => data.length - shape.reduce((size, side) => size * side, 1))).toEqual(
    layers.map(() => 0),
  );
  expect(layers.at(-1)?.data).toEqual(y);
  // Rounding is relative to the numbers on the way: sums and gelu take differences of larger ones.
  const scale = Math.max(largest(x), ...layers.map(({ data }) => largest(data)));
  const expected = applied(model, x);
  expect(largest(y.map((value, i) => value - (expected[i] ?? Number.NaN)))).toBeLessThanOrEqual(1e-5 * scale);
};

describe('run', () => {
  test('agrees with TensorFlow.js for any list of layers', async () => {
    await fc.assert(
      fc.asyncProperty(target, fc.nat(), async (part, seed) => {
        await agrees(withStatistics(modelOf(part, mapping({ latentDim: 1 }))), seed);
      }),
      { numRuns: 300 },
    );
  });

  test.each([cnn1(), cnn2({ inputShape: [17, 12, 3], classes: 4 })])('agrees for $name', async (part) => {
    await agrees(modelOf(part, mapping({ latentDim: 64 })), 1);
  });

  test('weights handed to TensorFlow.js give the same there', async () => {
    const part = cnn2();
    const { weights, run } = await load(encodeBundle(modelOf(part, mapping({ latentDim: 64 }))), everything);
    const x = normal(randomKey(2, 'x'), 28 * 28);
    const logits = tf.tidy(() => {
      const handed = Object.entries(weights).map(([name, { data, shape }]) => [
        name,
        tf.tensor(data, [...shape]),
      ]);
      const image = tf.tensor(x, [1, 28, 28, 1]);
      const inference = { training: false, masks: {} };
      return part.impl.apply(Object.fromEntries(handed), {}, image, inference).output.dataSync<'float32'>();
    });
    expect(largest(run(x).map((value, i) => value - (logits[i] ?? Number.NaN)))).toBeLessThan(1e-5);
    expect(largest(logits)).toBeGreaterThan(0.01);
  });

  test('refuses what is no image of the network', async () => {
    const network = await load(encodeBundle(modelOf(cnn2(), mapping({ latentDim: 64 }))), everything);
    expect(() => network.run(new Float32Array(783))).toThrow(
      expect.objectContaining({
        code: 'RUNTIME_INVALID_ARGUMENT',
        message: 'Expected 784 numbers. Pass that',
      }),
    );
  });
});

test('softmax gives probabilities, of large logits too', () => {
  expect([...softmax(Float32Array.of(1000, 1000, -1000))]).toEqual([0.5, 0.5, 0]);
  expect(softmax(Float32Array.of(0, Math.log(3)))[1]).toBeCloseTo(0.75, 6);
});
