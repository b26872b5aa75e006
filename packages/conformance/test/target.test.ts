// The built-in targets keep all laws.
import { partLaws, targetLaws, type TargetLawOptions } from '@mapping-networks/conformance';
import { type AnyPlugin, type Part } from '@mapping-networks/core';
import { cnn1, cnn2, cnnBn, feedForward, mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

describe.each<[string, Part<'target'>, TargetLawOptions, AnyPlugin]>([
  ['cnn2', cnn2(), { parameterCount: 108_618 }, cnn2],
  ['cnnBn', cnnBn({ inputShape: [12, 12, 1], dropout: 0.5 }), {}, cnnBn],
  [
    'feedForward',
    feedForward({
      input: [6, 6, 2],
      layers: [
        { type: 'conv2d', filters: 3, kernelSize: 3, strides: 2, padding: 'same', bias: false },
        { type: 'batchNorm', momentum: 0.2 },
        { type: 'softplus' },
        { type: 'dropout', rate: 0.25 },
        { type: 'globalAvgPool2d' },
        { type: 'dense', units: 4 },
      ],
    }),
    {},
    feedForward,
  ],
  ['mlp', mlp({ inputShape: [6, 6, 1] }), {}, mlp],
])('%s', (_name, part, options, plugin) => {
  for (const { name, check } of targetLaws(part, options)) test(name, check);
  for (const { name, check } of partLaws(part, [plugin])) test(name, check);
});

describe('cnn1, what it declares', () => {
  const declared = targetLaws(cnn1(), { parameterCount: 537_994 }).filter(({ name }) =>
    name.includes('parameter'),
  );
  for (const { name, check } of declared.slice(0, 2)) test(name, check);
});
