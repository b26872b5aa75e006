// Trainable counts of the rows of the Mapping Networks paper (CNN2), from the options that describe them.
import { sizeOf } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';
import { cnn1, cnn2, dense, direct, mapping, type Part } from 'mapping-networks';

const trained = (target: Part<'target'>, parameterization: Part<'parameterization'>): number =>
  parameterization.impl
    .bind(target.impl.parameters)
    .trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

describe('CNN2', () => {
  test.each([
    ['direct', direct(), 108_618],
    ['SLVT 1,024', mapping({ latentDim: 1024 }), 1_024],
    ['SLVT 2,048', mapping({ latentDim: 2048 }), 2_048],
    ['LWT 1,872', mapping({ latentDim: 1872, strategy: 'layerwise' }), 1_872],
    ['LWT 2,688', mapping({ latentDim: 2688, strategy: 'layerwise', allocation: 'proportional' }), 2_688],
    [
      'LV + WMAP, a latent and a modulation vector',
      mapping({ latentDim: 1024, modulation: 'vector' }),
      2_048,
    ],
    [
      'LV + FullDNN, d = 5',
      mapping({ latentDim: 5, projection: dense(), train: ['latent', 'projection'] }),
      543_095,
    ],
    [
      'LV + FullDNN, d = 15',
      mapping({ latentDim: 15, projection: dense(), train: ['latent', 'projection'] }),
      1_629_285,
    ],
  ])('%s', (_, parameterization, count) => {
    expect(trained(cnn2(), parameterization)).toBe(count);
  });
});

describe('CNN1', () => {
  test.each([
    ['direct', direct(), 537_994],
    ['SLVT 2,072', mapping({ latentDim: 2072 }), 2_072],
    ['LWT 4,078', mapping({ latentDim: 4078, strategy: 'layerwise' }), 4_078],
  ])('%s', (_, parameterization, count) => {
    expect(trained(cnn1(), parameterization)).toBe(count);
  });
});
