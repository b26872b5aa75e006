// The scan prunes one layer at a time by exactly what it says, asks once for each, and leaves the network alone.
import { direct, mapping, modelTheta, type Model } from '@mapping-networks/core';
import { sensitivity } from '@mapping-networks/prune';
import { cnn2, mlp } from '@mapping-networks/targets';
import { expect, test } from 'vitest';
import { networkOf, nonZero, pruned } from './network.ts';

test('each layer at each sparsity, from little to much, the others whole', async () => {
  const model = networkOf(cnn2({ inputShape: [12, 12, 1] }), mapping({ latentDim: 64 }));
  const { layers: spans, size: all } = model.target.impl.parameters;
  const lines: string[] = [];
  const seen: Model[] = [];
  const context = {
    evaluate: (each: Model) => {
      seen.push(each);
      return Promise.resolve({ loss: nonZero(each) });
    },
    say: (line: string) => lines.push(line),
  };
  const { baseline, layers } = await sensitivity(model, context, { sparsities: [0.9, 0.5] });
  expect(baseline).toEqual({ loss: all });
  expect(seen[0]).toBe(model);
  expect(seen).toHaveLength(1 + 2 * spans.length);
  expect(layers).toEqual(
    spans.map(({ layer, size }) => ({
      name: layer,
      size,
      points: [0.5, 0.9].map((sparsity) => {
        const gone = Math.round(size * sparsity);
        return { sparsity, kept: size - gone, scores: { loss: all - gone } };
      }),
    })),
  );
  expect(lines[0]).toBe('conv1: pruned to 80, 16 of 160 parameters.');
});

test('tensor by tensor, of a network that is masked already', async () => {
  const whole = networkOf(mlp({ inputShape: [10], hidden: [4], classes: 2 }), direct());
  const model = await pruned(whole, { sparsity: 0.5, scope: 'tensor' });
  const before = modelTheta(model);
  const context = { evaluate: (each: Model) => Promise.resolve({ loss: nonZero(each) }) };
  const { layers } = await sensitivity(model, context, { sparsities: [0.25, 0.75], scope: 'tensor' });
  expect(layers.map(({ name, points }) => [name, ...points.map(({ kept }) => kept)])).toEqual([
    ['fc1.kernel', 20, 10],
    ['fc1.bias', 2, 1],
    ['fc2.kernel', 4, 2],
    ['fc2.bias', 1, 0],
  ]);
  expect(modelTheta(model)).toEqual(before);
});

test.each([{ sparsities: [] }, { sparsities: [1] }, { scope: 'global' }])(
  '%j is refused',
  async (options) => {
    const context = { evaluate: () => Promise.resolve({ loss: 0 }) };
    await expect(
      sensitivity(networkOf(mlp({ inputShape: [4] })), context, options as object),
    ).rejects.toMatchObject({
      code: 'CORE_INVALID_ARGUMENT',
    });
  },
);
