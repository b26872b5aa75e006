// Factorized layers as two layers each: the same outputs in fewer numbers, and nothing split that is no product.
import { direct, modelMap, modelParameters, type Layer, type Model } from '@mapping-networks/core';
import { lowRank, splitLayers, type LowRankInput } from '@mapping-networks/low-rank';
import { fakeQuantized } from '@mapping-networks/quantize';
import { cnn2, defineTarget, feedForward, mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

beforeAll(() => tf.setBackend('cpu'));

const INPUT = [9, 9, 3];

const networkOf = (layers: readonly Layer[], options: LowRankInput, seed = 0): Model => {
  const parts = { target: feedForward({ input: INPUT, layers }), parameterization: lowRank(options) };
  return { ...parts, trainables: modelMap(parts).init(seed), buffers: {}, metrics: { 'test.accuracy': 0.5 } };
};

/** Outputs for a few inputs, by the target itself. */
const outputsOf = (model: Model): readonly number[] =>
  tf.tidy(() => {
    const weights = Object.fromEntries(
      Object.entries(modelParameters(model)).map(([name, { data, shape }]) => [
        name,
        tf.tensor(data, [...shape]),
      ]),
    );
    const size = INPUT.reduce((product, side) => product * side, 1);
    const x = tf.tensor(
      Float32Array.from({ length: 3 * size }, (_, i) => Math.sin(i)),
      [3, ...INPUT],
    );
    const { output } = model.target.impl.apply(weights, {}, x, { training: false, masks: {} });
    return [...output.dataSync()];
  });

const expectSame = (made: Model, model: Model): void => {
  const [received, expected] = [outputsOf(made), outputsOf(model)];
  const size = Math.max(...expected.map(Math.abs));
  received.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN)) / size).toBeLessThan(1e-5));
};

const conv = fc.record({
  type: fc.constant('conv2d' as const),
  filters: fc.integer({ min: 4, max: 8 }),
  kernelSize: fc.integer({ min: 1, max: 3 }),
  strides: fc.constantFrom(1, 2),
  padding: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
  bias: fc.boolean(),
});
const dense = fc.record({
  type: fc.constant('dense' as const),
  units: fc.integer({ min: 8, max: 20 }),
  bias: fc.boolean(),
});

test('any network of dense layers and convolutions gives the same outputs from fewer numbers', () => {
  fc.assert(
    fc.property(conv, dense, fc.nat(1000), (convolution, fully, seed) => {
      const layers: Layer[] = [
        { ...convolution, name: 'conv' },
        { type: 'relu' },
        { type: 'flatten' },
        { ...fully, name: 'fc' },
        { type: 'tanh' },
        { type: 'dense', name: 'last', units: 5 },
      ];
      const model = networkOf(layers, { rank: { fc: 2, conv: 1 } }, seed);
      const made = splitLayers(model, feedForward);
      expectSame(made, model);
      const names = made.target.impl.network?.layers.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['fc_u', 'fc', 'last']));
      expect(names).not.toContain('last_u');
      const { length } = Object.values(made.trainables).flatMap(({ data }) => [...data]);
      expect(length).toBeLessThan(model.target.impl.parameters.size);
      expect(made.metrics).toEqual({ 'test.accuracy': 0.5 });
    }),
    { numRuns: 60 },
  );
});

test('CNN2 with fc1 at rank 32 has the 35,914 numbers that the paper counts', () => {
  const parts = { target: cnn2(), parameterization: lowRank({ rank: { fc1: 32 } }) };
  const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
  const before = tf.memory().numTensors;
  const made = splitLayers(model, feedForward);
  expect(tf.memory().numTensors).toBe(before);
  expect(made.target.impl.parameters.size).toBe(35_914);
  expect(made.parameterization.name).toBe('direct');
});

test('a name that is taken gets more of _', () => {
  const layers: Layer[] = [
    { type: 'flatten' },
    { type: 'dense', name: 'fc_u', units: 30 },
    { type: 'dense', name: 'fc', units: 30 },
  ];
  const made = splitLayers(networkOf(layers, { rank: { fc: 2 } }), feedForward);
  expect(made.target.impl.network?.layers.map(({ name }) => name)).toEqual([
    'flatten1',
    'fc_u',
    'fc_u_',
    'fc',
  ]);
});

test('what is rounded, what would not become smaller, and what is no product stays as it is', () => {
  const target = mlp({ inputShape: [4], hidden: [6], classes: 3 });
  const stays = [
    fakeQuantized({ inner: lowRank({ rank: { fc1: 1 } }) }),
    lowRank({ rank: { fc1: 4 } }),
    direct(),
  ];
  for (const parameterization of stays) {
    const parts = { target, parameterization };
    const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
    expect(splitLayers(model, feedForward)).toBe(model);
  }
});

test('a target that is no list of layers is refused, and so is what is no plugin', () => {
  const own = defineTarget({
    name: 'own',
    summary: 'Written by hand.',
    options: z.strictObject({}),
    build: () => {
      const { network: _none, ...plain } = mlp().impl;
      return plain;
    },
  });
  const parts = { target: own({}), parameterization: lowRank({ rank: 4 }) };
  const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
  expect(() => splitLayers(model, feedForward)).toThrow(
    expect.objectContaining({ code: 'LOW_RANK_NO_LAYERS' }),
  );
  const nothing: unknown = undefined;
  expect(() => splitLayers(model, nothing as typeof feedForward)).toThrow(
    expect.objectContaining({ code: 'CORE_INVALID_ARGUMENT' }),
  );
});
