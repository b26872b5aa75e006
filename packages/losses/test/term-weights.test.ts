// What a weighted sum says of its weights, against the sum itself.
import { float32, mapping, type Loss, type Part } from '@mapping-networks/core';
import { mappingLoss, mse, smoothness, type WeightingInput } from '@mapping-networks/losses';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bound, evaluate } from './setting.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const map = bound(mapping({ latentDim: 12 }).impl);
const z = map.init(2);

describe('term weights', () => {
  /** A term with a given value. */
  const given = (name: string, value: number): Part<'loss'> => ({
    kind: 'loss',
    name,
    options: {},
    impl: {
      ...smoothness().impl,
      requires: { noise: false, regularizers: [] },
      evaluate: () => ({ total: tf.scalar(value), terms: { [name]: tf.scalar(value) } }),
    },
  });

  test.each<[string, WeightingInput]>([
    ['fixed', { type: 'fixed', values: [0.5, 3] }],
    ['softplus', { type: 'trainable', initial: [0.5, 3] }],
    ['raw', { type: 'trainable', initial: [0.5, 3], transform: 'raw' }],
    ['sigmoid', { type: 'trainable', initial: [0.5, 0.25], transform: 'sigmoid' }],
    ['uncertainty', { type: 'uncertainty', initial: [0.5, 3], epsilon: 0.01 }],
  ])('are the derivatives of the total in the terms, at any trained weights: %s', (_name, weighting) => {
    const lossAt = (a: number, b: number): Loss =>
      mappingLoss({ terms: [given('a', a), given('b', b)], weighting }).impl;
    const init = lossAt(0, 0).init();
    const trained = init['weights']
      ? { weights: float32(init['weights'].data.map((w, i) => w + 0.3 * (i + 1)) as Float32Array) }
      : {};
    for (const weights of [init, trained]) {
      const total = (a: number, b: number): number => evaluate(lossAt(a, b), map, z, weights).total;
      const { crossEntropy: ofTask, a, b } = lossAt(1, 1).termWeights?.(weights) ?? {};
      expect(ofTask).toBe(1);
      expect(a).toBeCloseTo(total(2, 1) - total(1, 1), 5);
      expect(b).toBeCloseTo(total(1, 2) - total(1, 1), 5);
    }
  });

  test('of a sum within a sum are products, and terms of one name are told apart', () => {
    const inner = mappingLoss({
      task: mse(),
      terms: [given('a', 1)],
      weighting: { type: 'fixed', values: [0.5] },
    });
    const outer = mappingLoss({
      terms: [given('a', 1), inner, given('mse', 2)],
      weighting: { type: 'fixed', values: [2, 10, 7] },
    });
    expect(outer.impl.termWeights?.(outer.impl.init())).toEqual({
      crossEntropy: 1,
      a: 2,
      mse: 10,
      a2: 5,
      mse2: 7,
    });
  });
});
