// Smaller networks: the same outputs for any network and mask, as small as can be, and filters pruned in exact numbers.
import {
  createRegistry,
  decodeBundle,
  direct,
  encodeBundle,
  mapping,
  MappingNetworksError,
  modelTheta,
  parameterSpace,
  kernel,
  type Layer,
  type Model,
} from '@mapping-networks/core';
import { prune, shrink, type PruneOptions } from '@mapping-networks/prune';
import { cnn2, cnnBn, defineTarget, feedForward, mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { layered, layeredNetworks, outputsOf, sizesOf, withoutUnits } from './layered.ts';
import { networkOf, nobody, places, pruned } from './network.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Networks whose windows do not fit their images are none. */
const fitting = (layers: readonly Layer[], seed: number): Model => {
  try {
    return layered(layers, seed);
  } catch (error) {
    fc.pre(!(error instanceof MappingNetworksError && error.code === 'TARGETS_WINDOW_TOO_LARGE'));
    throw error;
  }
};

const expectSame = (small: Model, model: Model, seed: number): void => {
  const [received, expected] = [outputsOf(small, seed), outputsOf(model, seed)];
  const size = Math.max(1, ...expected.map(Math.abs));
  received.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN)) / size).toBeLessThan(1e-5));
};

describe('outputs are those of the masked network', () => {
  test('for any network without any units', () => {
    fc.assert(
      fc.property(layeredNetworks, fc.integer({ min: 5, max: 70 }), fc.nat(1000), (layers, share, seed) => {
        const model = withoutUnits(fitting(layers, seed), share / 100, seed);
        const before = tf.memory().numTensors;
        const result = shrink(model, feedForward);
        expect(tf.memory().numTensors).toBe(before);
        expectSame(result, model, seed);
      }),
      { numRuns: 150 },
    );
  });

  test('for any network whose filters are pruned, which are all gone then', async () => {
    await fc.assert(
      fc.asyncProperty(
        layeredNetworks,
        fc.integer({ min: 5, max: 99 }),
        fc.constantFrom<PruneOptions['scope']>('global', 'layer'),
        fc.nat(1000),
        async (layers, percent, scope, seed) => {
          const whole = fitting(layers, seed);
          fc.pre(layers.filter(({ type }) => type === 'conv2d' || type === 'dense').length > 1);
          const { model, details = {} } = await prune({
            structure: 'filters',
            sparsity: percent / 100,
            scope,
          }).impl.apply(whole, nobody);
          const result = shrink(model, feedForward);
          expectSame(result, model, seed);
          const shapes = sizesOf(result);
          for (const [key, told] of Object.entries(details)) {
            if (!key.startsWith('units ')) continue;
            // What reads a unit may be all gone, which shrinking sees and pruning does not count.
            const left = Number(String(told).split(' of ')[0]);
            expect(shapes[`${key.slice(6)}.kernel`]?.at(-1)).toBeLessThanOrEqual(left);
            expect(left).toBeGreaterThanOrEqual(1);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('filters', () => {
  test('of CNN2: round(176 · sparsity) of its 16, 32 and 128 are gone, with all that belongs to them', async () => {
    const whole = networkOf(cnn2({ inputShape: [16, 16, 1] }), mapping({ latentDim: 64 }));
    const result = await pruned(whole, { structure: 'filters', sparsity: 0.75 });
    const shapes = sizesOf(shrink(result, feedForward));
    const [one = 0, two = 0, fc1 = 0] = ['conv1', 'conv2', 'fc1'].map((name) => shapes[`${name}.bias`]?.[0]);
    expect(one + two + fc1).toBe(176 - 132);
    expect(shapes).toEqual({
      'conv1.kernel': [3, 3, 1, one],
      'conv1.bias': [one],
      'conv2.kernel': [3, 3, one, two],
      'conv2.bias': [two],
      'fc1.kernel': [4 * two, fc1],
      'fc1.bias': [fc1],
      'fc2.kernel': [fc1, 10],
      'fc2.bias': [10],
    });
    expectSame(shrink(result, feedForward), result, 1);
    expect(places(shrink(result, feedForward))).toHaveLength(places(result).length);
  });

  test('layer by layer: as many of each', async () => {
    const whole = networkOf(cnn2({ inputShape: [16, 16, 1] }), direct(), 5);
    const result = await pruned(whole, { structure: 'filters', sparsity: 0.5, scope: 'layer' });
    const shapes = sizesOf(shrink(result, feedForward));
    expect(['conv1', 'conv2', 'fc1', 'fc2'].map((name) => shapes[`${name}.bias`])).toEqual([
      [8],
      [16],
      [64],
      [10],
    ]);
  });

  test('with normalisations: gains, biases and running statistics go too', async () => {
    const model = await pruned(networkOf(cnnBn()), { structure: 'filters', sparsity: 0.5, scope: 'layer' });
    const result = shrink(model, feedForward);
    expect(Object.entries(result.buffers).map(([name, { shape }]) => [name, shape])).toEqual([
      ['norm1.runningMean', [8]],
      ['norm1.runningVariance', [8]],
      ['norm2.runningMean', [16]],
      ['norm2.runningVariance', [16]],
    ]);
    expectSame(result, model, 4);
    const stored = decodeBundle(encodeBundle(result), createRegistry([feedForward, direct]));
    expect(stored.buffers).toEqual(result.buffers);
    expectSame(stored, model, 4);
  });

  test('the ones with the smallest norms, and never the last of a layer', async () => {
    const model = networkOf(mlp({ inputShape: [3], hidden: [4], classes: 2 }));
    const columns = [3, 1, 2, 4];
    const trainables = {
      ...model.trainables,
      'fc1.kernel': {
        dtype: 'float32',
        shape: [3, 4],
        data: Float32Array.from([...columns, ...columns, ...columns]),
      },
    } as const;
    const left = async (sparsity: number): Promise<readonly number[]> => {
      const result = await pruned({ ...model, trainables }, { structure: 'filters', sparsity });
      const theta = modelTheta(result);
      return columns.filter((_, unit) => theta[unit] !== 0);
    };
    expect(await left(0.25)).toEqual([3, 2, 4]);
    expect(await left(0.5)).toEqual([3, 4]);
    expect(await left(0.99)).toEqual([4]);
  });

  test('in stages, each within the one before', async () => {
    const first = await pruned(networkOf(cnn2({ inputShape: [16, 16, 1] })), {
      structure: 'filters',
      sparsity: 0.3,
    });
    const { model, details } = await prune({ structure: 'filters', sparsity: 0.6 }).impl.apply(first, nobody);
    const before = new Set(places(first));
    expect(places(model).every((place) => before.has(place))).toBe(true);
    const left = Object.entries(details ?? {}).flatMap(([key, told]) =>
      key.startsWith('units ') ? [Number(String(told).split(' of ')[0])] : [],
    );
    expect(left.reduce((sum, count) => sum + count, 0)).toBe(176 - Math.round(176 * 0.6));
  });

  test('a reshape that puts several units on one axis holds them together', async () => {
    const layers: readonly Layer[] = [
      { type: 'dense', name: 'first', units: 16 },
      { type: 'reshape', shape: [4, 4, 1] },
      { type: 'conv2d', name: 'conv', filters: 6, kernelSize: 3 },
      { type: 'flatten' },
      { type: 'reshape', shape: [2, 2, 6] },
      { type: 'conv2d', name: 'other', filters: 4, kernelSize: 1 },
      { type: 'globalAvgPool2d' },
    ];
    const model = await pruned(layered(layers, 3, [5]), { structure: 'filters', sparsity: 0.5 });
    const result = shrink(model, feedForward);
    expect(Object.values(sizesOf(result))).toEqual([[5, 16], [16], [3, 3, 1, 3], [3], [1, 1, 3, 4], [4]]);
    expect(result.target.impl.network?.layers[4]).toMatchObject({ shape: [2, 2, 3] });
    expectSame(result, model, 9);
    expectSame(
      shrink(withoutUnits(layered(layers, 3, [5]), 0.6, 2), feedForward),
      withoutUnits(layered(layers, 3, [5]), 0.6, 2),
      9,
    );
  });
});

test('a unit that always gives one number becomes a part of the biases behind it', () => {
  const layers: readonly Layer[] = [
    { type: 'dense', name: 'first', units: 3 },
    { type: 'sigmoid' },
    { type: 'dense', name: 'last', units: 2, bias: false },
  ];
  const whole = layered(layers, 1, [4]);
  // The second unit reads nothing, and adds its bias.
  const kernel = whole.trainables['first.kernel']?.data.map((value, i) => (i % 3 === 1 ? 0 : value));
  const model: Model = {
    ...whole,
    trainables: {
      ...whole.trainables,
      'first.kernel': { dtype: 'float32', shape: [4, 3], data: kernel as Float32Array },
    },
  };
  const result = shrink(model, feedForward);
  expect(sizesOf(result)).toEqual({
    'first.kernel': [4, 2],
    'first.bias': [2],
    'last.kernel': [2, 2],
    'last.bias': [2],
  });
  expectSame(result, model, 3);
});

test('a network that needs all of its units is only written anew', () => {
  const model = networkOf(cnn2({ inputShape: [12, 12, 1] }), mapping({ latentDim: 64 }));
  const result = shrink({ ...model, metrics: { 'test.accuracy': 0.5 } }, feedForward);
  expect(result.target.impl.parameters.parameters.map(({ name, shape }) => [name, shape])).toEqual(
    model.target.impl.parameters.parameters.map(({ name, shape }) => [name, shape]),
  );
  expect(result.metrics).toEqual({ 'test.accuracy': 0.5 });
  expect([result.target.name, result.parameterization.name]).toEqual(['feedForward', 'direct']);
  expectSame(result, model, 2);
});

test('PRUNE_NO_LAYERS for a target that is no list of layers', () => {
  const own = defineTarget({
    name: 'own',
    summary: 'Written by hand.',
    options: z.strictObject({}),
    build: () => ({
      inputShape: [2],
      outputShape: [2],
      parameters: parameterSpace([kernel('fc', [2, 2])]),
      buffers: [],
      masks: [],
      apply: (parameters, buffers, x) => ({
        output: tf.matMul(x, parameters['fc.kernel'] as tf.Tensor),
        buffers,
      }),
    }),
  });
  const shrunk = (): Model => shrink(networkOf(own({})), feedForward);
  expect(shrunk).toThrow(expect.objectContaining({ code: 'PRUNE_NO_LAYERS' }));
});
