// The built-in parameterizations keep all laws, in every variant.
import { parameterizationLaws, partLaws } from '@mapping-networks/conformance';
import { dense, direct, hadamard, mapping, oneHot, type Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

describe.each<[string, Part<'parameterization'>]>([
  ['direct', direct()],
  ['single latent', mapping({ latentDim: 24 })],
  ['single latent, oneHot', mapping({ latentDim: 24, projection: oneHot() })],
  ['single latent, dense', mapping({ latentDim: 24, projection: dense() })],
  ['layer-wise', mapping({ latentDim: 24, strategy: 'layerwise' })],
  [
    'tanh, additive',
    mapping({ latentDim: 24, activation: 'tanh', modulation: { type: 'additive', alpha: 0.7 } }),
  ],
  ['sin, linear', mapping({ latentDim: 24, activation: 'sin', modulation: { type: 'linear', alpha: 0.3 } })],
  [
    'layer-wise, sin, linear',
    mapping({ latentDim: 24, strategy: 'layerwise', activation: 'sin', modulation: 'linear' }),
  ],
  ['trained vector', mapping({ latentDim: 24, modulation: 'vector', activation: 'tanh' })],
  ['layer-wise, trained vector', mapping({ latentDim: 24, strategy: 'layerwise', modulation: 'vector' })],
  ['trained bias', mapping({ latentDim: 24, train: ['latent', 'bias'], activation: 'tanh' })],
  ['trained projection', mapping({ latentDim: 8, projection: dense(), train: ['latent', 'projection'] })],
  ['projection alone', mapping({ latentDim: 8, projection: dense(), train: ['projection'] })],
  [
    'everything trained',
    mapping({ latentDim: 8, projection: dense(), train: ['latent', 'bias', 'projection'] }),
  ],
  ['as many as there are', mapping({ latentDim: 204 })],
])('%s', (_name, part) => {
  for (const { name, check } of parameterizationLaws(part)) test(name, check);
  for (const { name, check } of partLaws(part, [direct, mapping, hadamard, oneHot, dense])) test(name, check);
});
