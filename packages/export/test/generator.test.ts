import { dense, direct, mapping, oneHot, type Model, type Part } from '@mapping-networks/core';
import { exportNetwork, generator, onnx } from '@mapping-networks/export';
import { lowRank } from '@mapping-networks/low-rank';
import { prune } from '@mapping-networks/prune';
import { quantize } from '@mapping-networks/quantize';
import { cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';
import { inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

describe('generator', () => {
  const small = (): Part<'target'> => mlp({ inputShape: [20], hidden: [30], classes: 4 });
  const networks: readonly (readonly [string, () => Model | Promise<Model>])[] = [
    ['cnn2', () => networkOf(cnn2(), mapping({ latentDim: 300 }))],
    ['a network with buffers', () => networkOf(cnnBn())],
    ['layerwise latents', () => networkOf(small(), mapping({ latentDim: 16, strategy: 'layerwise' }))],
    [
      'modulation and tanh',
      () => networkOf(small(), mapping({ latentDim: 16, modulation: 'linear', activation: 'tanh' })),
    ],
    ['one-hot', () => networkOf(small(), mapping({ latentDim: 16, projection: oneHot() }))],
    ['a dense projection', () => networkOf(small(), mapping({ latentDim: 16, projection: dense() }))],
    ['direct', () => networkOf(small(), direct())],
    ['low rank', () => networkOf(small(), lowRank({ rank: 4, inner: mapping({ latentDim: 16 }) }))],
    ['a mask', () => passed(networkOf(small()), prune({ sparsity: 0.5 }))],
    ['rounding', () => passed(networkOf(small()), quantize({ type: 'int8' }))],
  ];
  test.each(networks)('makes the weights of %s in ONNX Runtime', async (_, make) => {
    const model = await make();
    const [result] = await exportNetwork(model, [generator()], { inputs: inputsFor(model, 20), repeats: 1 });
    expect(result?.error).toBeUndefined();
    expect(result?.figures?.agreement).toBe(1);
  });

  test('is a fraction of the weights', async () => {
    const model = networkOf(cnn2(), mapping({ latentDim: 2048 }));
    const exporters = [onnx(), generator()];
    const [whole, seeds] = await exportNetwork(model, exporters, {
      inputs: inputsFor(model, 20),
      repeats: 1,
    });
    expect(seeds?.bytes).toBeLessThan(0.15 * (whole?.bytes ?? 0));
    expect(seeds?.figures?.relativeDifference).toBeLessThan(1e-5);
  });
});
