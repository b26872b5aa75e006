// The built-in losses keep all laws.
import { lossLaws, partLaws, type LossLawOptions } from '@mapping-networks/conformance';
import { float32, normal, randomKey, type Part } from '@mapping-networks/core';
import {
  alignment,
  binaryCrossEntropy,
  crossEntropy,
  mae,
  mappingLoss,
  mse,
  smoothness,
  stability,
} from '@mapping-networks/losses';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

const values: LossLawOptions = {
  sample: {
    output: float32(normal(randomKey(1), 12), [4, 3]),
    labels: float32(normal(randomKey(2), 12), [4, 3]),
  },
};
const binary: LossLawOptions = {
  sample: {
    output: float32(normal(randomKey(1), 5), [5, 1]),
    labels: float32(Float32Array.of(0, 1, 1, 0, 1)),
  },
};
const plugins = [alignment, binaryCrossEntropy, crossEntropy, mae, mappingLoss, mse, smoothness, stability];

describe.each<[string, Part<'loss'>, LossLawOptions]>([
  ['crossEntropy', crossEntropy(), {}],
  ['crossEntropy with smoothing', crossEntropy({ labelSmoothing: 0.1 }), {}],
  ['binaryCrossEntropy', binaryCrossEntropy(), binary],
  ['mse', mse(), values],
  ['mae', mae(), values],
  ['stability', stability({ sigma: 0.3 }), {}],
  ['smoothness', smoothness(), {}],
  ['alignment', alignment(), {}],
  ['mappingLoss, fixed weights', mappingLoss(), {}],
  ['mappingLoss, trained weights', mappingLoss({ weighting: 'trainable' }), {}],
  ['mappingLoss, uncertainty', mappingLoss({ weighting: 'uncertainty' }), {}],
  ['mappingLoss of values', mappingLoss({ task: mse(), terms: [stability()] }), values],
])('%s', (_name, part, options) => {
  for (const { name, check } of lossLaws(part, options)) test(name, check);
  for (const { name, check } of partLaws(part, plugins)) test(name, check);
});
