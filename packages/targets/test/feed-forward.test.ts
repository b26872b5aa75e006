// A list of layers as a plugin: the same network as `sequential`, recorded by its options.
import { createRegistry, initialBuffers, resolve, toSpec, type Layer } from '@mapping-networks/core';
import { cnn2, feedForward } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { run, valuesFor } from './network.ts';

beforeAll(() => tf.setBackend('cpu'));

const part = feedForward({
  input: [6, 6, 2],
  layers: [
    {
      type: 'conv2d',
      filters: 3,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      bias: false,
      init: { type: 'glorot' },
    },
    { type: 'batchNorm', name: 'norm', momentum: 0.2 },
    { type: 'softplus' },
    { type: 'dropout', rate: 0.25 },
    { type: 'flatten' },
    { type: 'dense', name: 'fc', units: 4 },
  ],
});

test('a network is the same from its layers', () => {
  const { impl } = cnn2({ inputShape: [12, 10, 1], classes: 3 });
  const again = feedForward({ input: impl.inputShape, layers: impl.network?.layers ?? [] }).impl;
  expect(again.parameters).toEqual(impl.parameters);
  expect(run(again, valuesFor(impl, 2, 5))).toEqual(run(impl, valuesFor(impl, 2, 5)));
});

test('a recorded network comes back, with names, buffers and masks', () => {
  const spec: unknown = JSON.parse(JSON.stringify(toSpec(part)));
  const again = resolve(createRegistry([feedForward]), 'target', spec);
  expect(again.options).toEqual(part.options);
  expect(again.impl.parameters.layers.map(({ layer }) => layer)).toEqual(['conv2d1', 'norm', 'fc']);
  expect(initialBuffers(again.impl)).toEqual(initialBuffers(part.impl));
  expect(again.impl.masks).toEqual([{ name: 'dropout1.mask', shape: [3, 3, 3], rate: 0.25 }]);
});

test.each<[string, unknown, string]>([
  ['layers', { layers: [] }, 'CORE_INVALID_OPTIONS'],
  ["'type'|layers.0.type", { layers: [{ type: 'conv3d' }] }, 'CORE_INVALID_OPTIONS'],
  ['layers.0.units', { layers: [{ type: 'dense', units: 0 }] }, 'CORE_INVALID_OPTIONS'],
  ['layers.0.unit', { layers: [{ type: 'dense', unit: 3 }] }, 'CORE_INVALID_OPTIONS'],
  ['input', { input: [0], layers: [{ type: 'dense', units: 3 }] }, 'CORE_INVALID_OPTIONS'],
  ['flatten', { input: [2, 2], layers: [{ type: 'dense', units: 3 }] }, 'TARGETS_LAYER_INPUT'],
  ['new', { layers: [1, 2].map(() => ({ type: 'dense', name: 'fc', units: 3 })) }, 'TARGETS_LAYER_NAME'],
])('what does not fit is refused: %s', (words, options, code) => {
  const make = (): unknown => feedForward.parse({ input: [4], ...(options as { layers: Layer[] }) });
  expect(make).toThrow(expect.objectContaining({ code }));
  expect(make).toThrow(new RegExp(words));
});
