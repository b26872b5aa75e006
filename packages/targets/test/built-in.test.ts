// The targets of the package: the counts of the literature, their layers, and that options reach the network.
import { createRegistry, resolve, toSpec } from '@mapping-networks/core';
import * as targets from '@mapping-networks/targets';
import { cnn1, cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { run, valuesFor } from './network.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const layersOf = (
  part: ReturnType<typeof cnn1 | typeof cnn2 | typeof mlp | typeof cnnBn>,
): [string, number][] => part.impl.parameters.layers.map(({ layer, size }) => [layer, size]);

test('CNN1 has 537,994 parameters, CNN2 108,618 (Sen & Mukherjee, CVPR 2026)', () => {
  expect(cnn1().impl.parameters.size).toBe(537_994);
  expect(cnn2().impl.parameters.size).toBe(108_618);
});

test('layer by layer', () => {
  expect(layersOf(cnn1())).toEqual([
    ['conv1', 3 * 3 * 32 + 32],
    ['conv2', 3 * 3 * 32 * 64 + 64],
    ['conv3', 3 * 3 * 64 * 128 + 128],
    ['conv4', 3 * 3 * 128 * 128 + 128],
    ['fc1', 1152 * 256 + 256],
    ['fc2', 256 * 10 + 10],
  ]);
  expect(layersOf(cnn2())).toEqual([
    ['conv1', 3 * 3 * 16 + 16],
    ['conv2', 3 * 3 * 16 * 32 + 32],
    ['fc1', 800 * 128 + 128],
    ['fc2', 128 * 10 + 10],
  ]);
  expect(layersOf(mlp({ inputShape: [5, 2], hidden: [7, 3], classes: 4 }))).toEqual([
    ['fc1', 77],
    ['fc2', 24],
    ['fc3', 16],
  ]);
  expect(layersOf(mlp({ inputShape: [6], hidden: [], classes: 1 }))).toEqual([['fc1', 7]]);
  expect(layersOf(cnnBn())).toEqual([
    ['conv1', 144],
    ['norm1', 32],
    ['conv2', 4608],
    ['norm2', 64],
    ['fc', 15_690],
  ]);
  expect(cnnBn().impl.parameters.size).toBe(20_538);
});

test('the network with state lists it', () => {
  const { buffers, masks } = cnnBn({ dropout: 0.5 }).impl;
  expect(buffers.reduce((size, { shape }) => size + (shape[0] ?? 0), 0)).toBe(96);
  expect(masks).toEqual([{ name: 'dropout.mask', shape: [7 * 7 * 32], rate: 0.5 }]);
  expect(cnnBn({ dropout: 0 }).impl.masks).toEqual([]);
  for (const { impl } of [cnn1(), cnn2(), mlp()]) expect([impl.buffers, impl.masks]).toEqual([[], []]);
});

describe.each([
  cnn1({ classes: 3, inputShape: [12, 9, 2] }),
  cnn2({ classes: 3, inputShape: [12, 10, 2] }),
  mlp({ classes: 3, inputShape: [4, 2], hidden: [5], activation: 'tanh' }),
  cnnBn({ classes: 3, inputShape: [12, 9, 2] }),
])('$name', (part) => {
  const target = part.impl;

  test('computes logits of its shape, with and without training', () => {
    const before = tf.memory().numTensors;
    for (const training of [true, false]) {
      const output = run(target, valuesFor(target, 2, 7), training);
      expect(output.shape).toEqual([2, 3]);
      expect([...output.data].every(Number.isFinite)).toBe(true);
      expect(new Set(output.data).size).toBe(6);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('can be written down and read back', () => {
    const registry = createRegistry([cnn1, cnn2, mlp, cnnBn]);
    const again = resolve(registry, 'target', JSON.parse(JSON.stringify(toSpec(part))));
    expect(again.options).toEqual(part.options);
    expect(again.impl.parameters).toEqual(target.parameters);
  });
});

test('a ReLU after the max-pool is a ReLU before it', () => {
  const conv: targets.Layer = { type: 'conv2d', name: 'c', filters: 3, kernelSize: 3 };
  const pool: targets.Layer = { type: 'maxPool2d', poolSize: 2 };
  const [before, after] = [
    [conv, { type: 'relu' as const }, pool],
    [conv, pool, { type: 'relu' as const }],
  ].map((layers) => {
    const target = targets.sequential({ input: [10, 10, 1], layers });
    return run(target, valuesFor(target, 2, 11));
  });
  expect(after).toEqual(before);
  expect(after?.data.some((value) => value === 0)).toBe(true);
});

test('options are checked', () => {
  expect(() => cnn2({ classes: 0 })).toThrow(expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }));
  expect(() => cnn2({ inputShape: [28, 28] })).toThrow(
    expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }),
  );
  expect(() => cnn2({ inputShape: [8, 8, 1] })).toThrow(
    expect.objectContaining({ code: 'TARGETS_WINDOW_TOO_LARGE' }),
  );
  expect(() => cnn1.parse({ class: 3 })).toThrow(/'classes'/);
  expect(() => mlp.parse({ activation: 'reul' })).toThrow(
    expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }),
  );
});

test('the package exports this and nothing else', () => {
  expect(Object.keys(targets).sort()).toEqual([
    'ACTIVATIONS',
    'cnn1',
    'cnn2',
    'cnnBn',
    'defineTarget',
    'feedForward',
    'mlp',
    'sequential',
  ]);
});
