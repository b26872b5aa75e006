// Mapping: canonical and tensor paths agree, gradients are right, scaling, allocation and training options.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  allocate,
  dense,
  hadamard,
  direct,
  float32,
  initMoments,
  mapping,
  normal,
  oneHot,
  randomKey,
  type MappingInput,
  type NamedTensors,
} from '@mapping-networks/core';
import { mlpSpace, tinySpace } from './support/spaces.ts';
import { flat, relativeError, toTensors } from './support/tensors.ts';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

const variants: readonly Partial<MappingInput>[] = [
  {},
  { projection: oneHot() },
  { projection: dense() },
  { strategy: 'layerwise' },
  { activation: 'tanh' },
  { activation: { type: 'sin', omega: 3 }, strategy: 'layerwise' },
  { modulation: { type: 'additive', alpha: 0.7 } },
  { modulation: { type: 'linear', alpha: 0.4 }, projection: oneHot() },
  { modulation: { type: 'linear', alpha: 0.4 } },
  { modulation: 'vector', activation: 'tanh', strategy: 'layerwise' },
  { train: ['latent', 'bias'] },
  { train: ['latent', 'projection'], projection: dense(), strategy: 'layerwise' },
  { train: ['projection', 'bias'], projection: dense(), activation: 'tanh' },
];
const nameOf = (input: Partial<MappingInput>): string =>
  JSON.stringify(input, (_, value) => (value?.kind === 'projection' ? value.name : value));

describe.each(variants.map((input) => [nameOf(input), input] as const))('mapping %s', (_, input) => {
  const map = mapping({ latentDim: 77, ...input }).impl.bind(mlpSpace);
  /** Trainables away from their special starting values (m and b start at 0). */
  const trainables = Object.fromEntries(
    Object.entries(map.init(3)).map(([name, array]) => [
      name,
      {
        ...array,
        data: array.data.map((v, i) => v + 0.1 * Math.sin(i)) as Float32Array,
        dtype: 'float32' as const,
      },
    ]),
  );

  test('the tensor path agrees with the canonical generator', () => {
    const before = tf.memory().numTensors;
    const theta = tf.tidy(() =>
      flat(mlpSpace, map.materialize(toTensors(trainables), toTensors(map.frozen())))
        .dataSync()
        .slice(),
    );
    expect(relativeError(theta, map.generate(trainables))).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('gradients equal central differences of the tensor path', () => {
    const g = normal(randomKey(1, 'direction'), mlpSpace.size);
    tf.tidy(() => {
      const frozen = toTensors(map.frozen());
      const names = map.trainables.map(({ name }) => name);
      const values = toTensors(trainables);
      const score = (...tensors: tf.Tensor[]): tf.Scalar => {
        const named: NamedTensors = Object.fromEntries(
          names.map((name, i) => [name, tensors[i] as tf.Tensor]),
        );
        return tf.sum(tf.mul(flat(mlpSpace, map.materialize(named, frozen)), tf.tensor1d(g)));
      };
      const inputs = names.map((name) => values[name] as tf.Tensor);
      const gradients = tf.grads(score)(inputs);
      inputs.forEach((input, i) => {
        const direction = tf.tensor(normal(randomKey(2, 'dir', i), input.size), input.shape);
        const shifted = (step: number): number =>
          score(
            ...inputs.map((t, j) => (j === i ? tf.add(t, tf.mul(direction, step)) : t)),
          ).dataSync()[0] as number;
        const h = 1e-2;
        const numeric = (shifted(h) - shifted(-h)) / (2 * h);
        const exact = tf.sum(tf.mul(direction, gradients[i] as tf.Tensor)).dataSync()[0] as number;
        expect(Math.abs(numeric - exact)).toBeLessThan(2e-2 * (1 + Math.abs(exact)));
      });
    });
  });

  test('init is a function of the seed and has the declared shapes', () => {
    const shapes = Object.entries(map.init(5)).map(([name, { shape }]) => ({ name, shape: [...shape] }));
    expect(shapes).toEqual(map.trainables.map(({ name, shape }) => ({ name, shape: [...shape] })));
    expect(map.init(5)).toEqual(map.init(5));
  });
});

test('another map seed is another map; another run seed another latent', () => {
  const of = (seed: number) => mapping({ latentDim: 20, seed }).impl.bind(mlpSpace);
  const z = of(0).init(0);
  expect(of(0).generate(z)).not.toEqual(of(1).generate(z));
  expect(of(0).init(0)).toEqual(of(1).init(0));
  expect(of(0).init(0)).not.toEqual(of(0).init(1));
});

test('generated tensors have the mean and variance of their initialisation', () => {
  for (const input of [
    {},
    { activation: 'tanh' },
    { activation: 'sin' },
    { strategy: 'layerwise' },
  ] as const) {
    const map = mapping({ latentDim: 500, ...input }).impl.bind(mlpSpace);
    const sums = new Map<string, { sum: number; squares: number; count: number }>();
    for (let seed = 0; seed < 32; seed++) {
      const theta = map.generate(map.init(seed));
      for (const { name, offset, size } of mlpSpace.parameters) {
        const total = sums.get(name) ?? { sum: 0, squares: 0, count: 0 };
        for (const value of theta.subarray(offset, offset + size)) {
          total.sum += value;
          total.squares += value * value;
          total.count += 1;
        }
        sums.set(name, total);
      }
    }
    for (const parameter of mlpSpace.parameters) {
      const { sum, squares, count } = sums.get(parameter.name) as {
        sum: number;
        squares: number;
        count: number;
      };
      const { mean, std } = initMoments(parameter);
      expect(Math.abs(sum / count - mean)).toBeLessThan(0.15 * std);
      expect(Math.abs(squares / count / (std * std + mean * mean) - 1)).toBeLessThan(0.15);
    }
  }
});

test('a trained modulation vector adds α(m·z)/d to every value, whatever d is', () => {
  for (const latentDim of [8, 800]) {
    const map = mapping({ latentDim, modulation: { type: 'vector', alpha: 0.5 } }).impl.bind(mlpSpace);
    const start = map.init(0);
    const z = Float32Array.from(start['z']?.data ?? []);
    const m = z.map((value) => 0.15 * Math.sign(value));
    const shift = (0.5 * z.reduce((sum, value, i) => sum + value * (m[i] ?? 0), 0)) / latentDim;
    const [before, after] = [map.generate(start), map.generate({ ...start, m: float32(m) })];
    const { std } = initMoments(mlpSpace.parameters[0] as (typeof mlpSpace.parameters)[number]);
    expect(((after[0] as number) - (before[0] as number)) / std).toBeCloseTo(shift, 5);
    expect(shift).toBeLessThan(0.1);
  }
});

test('direct starts every tensor at its initialisation and is its own generator', () => {
  const map = direct().impl.bind(tinySpace);
  const trainables = map.init(0);
  const theta = tf.tidy(() =>
    flat(tinySpace, map.materialize(toTensors(trainables), {}))
      .dataSync()
      .slice(),
  );
  expect(relativeError(theta, map.generate(trainables))).toBeLessThan(1e-6);
  expect(map.trainables.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(
    tinySpace.size,
  );
});

describe('allocate', () => {
  test('sums to the budget within the caps, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: mlpSpace.layers.length, max: mlpSpace.size }),
        fc.constantFrom('sqrt' as const, 'proportional' as const),
        (latentDim, allocation) => {
          const dims = allocate(mlpSpace, latentDim, allocation);
          expect(dims.reduce((a, b) => a + b, 0)).toBe(latentDim);
          dims.forEach((dim, i) => {
            expect(dim).toBeGreaterThanOrEqual(1);
            expect(dim).toBeLessThanOrEqual(mlpSpace.layers[i]?.size as number);
          });
        },
      ),
    );
  });

  test('an exact proportional split is exact', () => {
    expect(allocate(mlpSpace, mlpSpace.size, 'proportional')).toEqual(
      mlpSpace.layers.map(({ size }) => size),
    );
  });

  test('explicit dims are checked', () => {
    expect(allocate(mlpSpace, 60, [30, 20, 10])).toEqual([30, 20, 10]);
    expect(() => allocate(mlpSpace, 60, [30, 20])).toThrow(/Expected 3 latent dimensions that sum to 60/);
    expect(() => allocate(mlpSpace, 61, [30, 20, 10])).toThrow(/CORE_|sum to 61/);
  });
});

test('a choice may be written by name, by type, or whole', () => {
  for (const modulation of ['linear', { type: 'linear' }, { type: 'linear', alpha: 0.1 }] as const) {
    expect(mapping({ latentDim: 8, modulation }).options.modulation).toEqual({ type: 'linear', alpha: 0.1 });
  }
});

test('what cannot be bound says so', () => {
  expect(() => mapping({ latentDim: mlpSpace.size + 1 }).impl.bind(mlpSpace)).toThrow(/1 to 8063|1 to \d+/);
  expect(() => mapping({ latentDim: 8, train: ['projection'] }).impl.bind(mlpSpace)).toThrow(
    /nothing to train/,
  );
  expect(() => mapping({ latentDim: 0 })).toThrow(/latentDim/);
  expect(() => hadamard().impl.bind(3, 4, randomKey(0))).toThrow(/got 4 to 3.*1 to 3/);
  expect(() => dense().impl.bind(2 ** 20, 2 ** 8, randomKey(0))).toThrow(/1048576 x 256.*'hadamard'/);
  expect(() => mapping({ latentDim: 8, train: ['latent', 'latent'] })).toThrow(/train.*each name once/);
  expect(() => mapping({ latentDim: 60, allocation: [30, 20, 10] })).toThrow(/allocation.*'layerwise'/);
  expect(() => mapping({ latentDim: 8, activation: { type: 'sin', omega: 1e-9 } })).toThrow(/omega/);
});
