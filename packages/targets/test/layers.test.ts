// Every layer against its definition in float64, on random shapes, and its gradients against finite differences of
// that definition.
import { ACTIVATIONS, sequential, type Layer } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  distance,
  reference,
  run,
  taken,
  tensor,
  tensors,
  valuesFor,
  bufferTensors,
  type Values,
} from './network.ts';
import { grid } from './reference.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const images = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 3, max: 7 }),
  width: fc.integer({ min: 3, max: 7 }),
  channels: fc.integer({ min: 1, max: 3 }),
  window: fc.integer({ min: 1, max: 3 }),
  strides: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

describe('sliding windows', () => {
  test('conv2d is the sum over its window, with and without bias', () => {
    fc.assert(
      fc.property(images, fc.boolean(), (shape, bias) => {
        const { height, width, channels, window: kernelSize, strides, padding } = shape;
        const layers: Layer[] = [
          { type: 'conv2d', name: 'c', filters: 2, kernelSize, strides, padding, bias },
        ];
        const target = sequential({ input: [height, width, channels], layers });
        const values = valuesFor(target, shape.batch, shape.seed);
        const expected = reference(layers, values);
        const actual = run(target, values);
        expect(actual.shape).toEqual(expected.shape);
        expect([shape.batch, ...target.outputShape]).toEqual(expected.shape);
        expect(distance(actual, expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  test.each(['maxPool2d', 'avgPool2d'] as const)('%s takes only what lies inside the image', (type) => {
    fc.assert(
      fc.property(images, (shape) => {
        const { height, width, channels, window: poolSize, strides, padding } = shape;
        const layers: Layer[] = [
          { type: 'conv2d', name: 'c', filters: channels, kernelSize: 1 },
          { type, poolSize, strides, padding },
        ];
        const target = sequential({ input: [height, width, channels], layers });
        const values = valuesFor(target, shape.batch, shape.seed);
        const expected = reference(layers, values);
        expect([shape.batch, ...target.outputShape]).toEqual(expected.shape);
        expect(distance(run(target, values), expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });
});

test.each(ACTIVATIONS)('%s after a dense layer', (type) => {
  const layers: Layer[] = [{ type: 'dense', name: 'd', units: 40 }, { type }];
  const target = sequential({ input: [9], layers });
  const values = valuesFor(target, 3, 5);
  expect(distance(run(target, values), reference(layers, values))).toBeLessThan(1e-5);
});

/** Σ c · output with fixed c: a scalar whose gradients see every output. */
const weighted = (output: ArrayLike<number>): number =>
  Array.from(output, (value, i) => value * Math.cos(3 * i + 1)).reduce((a, b) => a + b, 0);

/** Central differences of the float64 reference in every parameter and in x. */
const differences = (layers: readonly Layer[], values: Values, name: string): Float64Array => {
  const source = name === 'x' ? values.x : values.parameters[name]!;
  const h = 1e-6;
  return source.data.map((_, i) => {
    const moved = (step: number): number => {
      const data = source.data.slice();
      data[i]! += step;
      const changed = grid(source.shape, data);
      const at =
        name === 'x'
          ? { ...values, x: changed }
          : { ...values, parameters: { ...values.parameters, [name]: changed } };
      return weighted(reference(layers, at).data);
    };
    return (moved(h) - moved(-h)) / (2 * h);
  });
};

const NETWORKS: Readonly<Record<string, { input: number[]; layers: Layer[] }>> = {
  'conv, max-pool, ReLU, dense': {
    input: [6, 5, 2],
    layers: [
      { type: 'conv2d', name: 'c', filters: 3, kernelSize: 3, padding: 'same' },
      { type: 'maxPool2d', poolSize: 2 },
      { type: 'relu' },
      { type: 'flatten' },
      { type: 'dense', name: 'd', units: 3 },
    ],
  },
  'strided conv, avg-pool, batchNorm, global pool': {
    input: [7, 7, 1],
    layers: [
      { type: 'conv2d', name: 'c', filters: 3, kernelSize: 3, strides: 2, padding: 'same', bias: false },
      { type: 'batchNorm', name: 'n' },
      { type: 'avgPool2d', poolSize: 2, strides: 1, padding: 'same' },
      { type: 'silu' },
      { type: 'globalAvgPool2d' },
    ],
  },
  'overlapping max-pool with padding': {
    input: [5, 6, 2],
    layers: [
      { type: 'conv2d', name: 'c', filters: 2, kernelSize: 2, strides: 1, padding: 'same' },
      { type: 'maxPool2d', poolSize: 3, strides: 2, padding: 'same' },
    ],
  },
  'reshape, dropout, batchNorm of features': {
    input: [8],
    layers: [
      { type: 'reshape', shape: [2, 4] },
      { type: 'flatten' },
      { type: 'dense', name: 'd', units: 5 },
      { type: 'batchNorm', name: 'n', epsilon: 0.1 },
      { type: 'dropout', name: 'drop', rate: 0.4 },
      { type: 'dense', name: 'e', units: 2, bias: false },
    ],
  },
  ...Object.fromEntries(
    ACTIVATIONS.map((type) => [
      type,
      {
        input: [4],
        layers: [
          { type: 'dense', name: 'd', units: 4 },
          { type },
          { type: 'dense', name: 'e', units: 2 },
        ] as Layer[],
      },
    ]),
  ),
};

describe.each(Object.entries(NETWORKS))('gradients of %s', (_, { input, layers }) => {
  const target = sequential({ input, layers });
  const values = valuesFor(target, 3, 21);
  const names = ['x', ...target.parameters.parameters.map(({ name }) => name)];

  test('agree with finite differences', () => {
    const gradients = tf.tidy(() => {
      const given = { ...tensors(values.parameters), x: tensor(values.x) } as Record<string, tf.Tensor>;
      const buffers = bufferTensors(target);
      const masks = tensors(values.masks);
      return tf.grads((...args: tf.Tensor[]) => {
        const named = Object.fromEntries(names.map((name, i) => [name, args[i]!]));
        const { output } = target.apply(named, buffers, named['x']!, { training: true, masks });
        const weights = tf.tensor(
          Array.from({ length: output.size }, (__, i) => Math.cos(3 * i + 1)),
          output.shape,
        );
        return tf.sum(tf.mul(output, weights));
      })(names.map((name) => given[name]!));
    });
    const found = gradients.map(taken);
    names.forEach((name, i) => {
      const expected = grid(found[i]!.shape, differences(layers, values, name));
      expect(distance(found[i]!, expected), name).toBeLessThan(2e-4);
    });
  });
});
