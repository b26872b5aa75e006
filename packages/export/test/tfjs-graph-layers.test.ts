import { ACTIVATIONS, type Layer } from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf, jsonOf, written } from './support/graph-models.ts';
import { functionNetwork, imageNetwork, networkOf } from './support/networks.ts';

describe('layers of a graph model', () => {
  const pools = (['maxPool2d', 'avgPool2d'] as const).flatMap((type): Layer[] => [
    { type, poolSize: 2 },
    { type, poolSize: 3, strides: 2, padding: 'same' },
    { type, poolSize: 3, strides: 1 },
  ]);
  const layers: readonly (readonly Layer[])[] = [
    ...ACTIVATIONS.map((type): Layer[] => [{ type }]),
    ...pools.map((pool) => [pool]),
    [{ type: 'globalAvgPool2d' }],
    [
      { type: 'batchNorm', epsilon: 0.01 },
      { type: 'dropout', rate: 0.5 },
    ],
    [{ type: 'globalAvgPool2d' }, { type: 'batchNorm' }, { type: 'relu' }],
    [{ type: 'conv2d', filters: 3, kernelSize: 2, strides: 2, bias: false }, { type: 'relu' }],
    [{ type: 'conv2d', filters: 3, kernelSize: 3, strides: 2, padding: 'same' }, { type: 'relu' }],
    [{ type: 'flatten' }, { type: 'flatten' }, { type: 'dense', units: 7, bias: false }, { type: 'relu' }],
    [
      { type: 'reshape', shape: [18, 18, 1] },
      { type: 'maxPool2d', poolSize: 4 },
    ],
    [{ type: 'reshape', shape: [324] }, { type: 'dense', units: 6 }, { type: 'relu' }, { type: 'relu' }],
  ];
  const cases = layers.map((each) => [each.map((layer) => JSON.stringify(layer)).join(' '), each] as const);
  test.each(cases)('compute what ours compute: %s', async (_, each) => {
    expect(await differenceOf(imageNetwork(...each))).toBeLessThan(1e-5);
  });

  test('compute what ours compute in any order', async () => {
    const layer = fc.oneof(
      fc.constantFrom(...ACTIVATIONS).map((type): Layer => ({ type })),
      fc
        .record({ poolSize: fc.integer({ min: 1, max: 4 }), strides: fc.integer({ min: 1, max: 3 }) })
        .chain((pool) =>
          fc
            .constantFrom('maxPool2d', 'avgPool2d')
            .map((type): Layer => ({ type, padding: 'same', ...pool })),
        ),
      fc
        .record({
          filters: fc.integer({ min: 1, max: 5 }),
          kernelSize: fc.integer({ min: 1, max: 4 }),
          strides: fc.integer({ min: 1, max: 2 }),
          bias: fc.boolean(),
        })
        .map((conv): Layer => ({ type: 'conv2d', padding: 'same', ...conv })),
      fc.constant<Layer>({ type: 'batchNorm' }),
      fc.constant<Layer>({ type: 'dropout', rate: 0.3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { maxLength: 6 }), async (each) => {
        expect(await differenceOf(imageNetwork(...each))).toBeLessThan(1e-4);
      }),
      { numRuns: 20 },
    );
  });

  test('have names that TensorFlow takes, and none twice', async () => {
    const names = ['input', 'output', 'const', 'first fc', 'x:0', 'größe', 'a', 'a/kernel'];
    const each = names.map((name): Layer => ({ type: 'dense', name, units: 3 }));
    const model = networkOf(
      feedForward({ input: [4], layers: [...each, { type: 'gelu' }, { type: 'gelu' }] }),
    );
    expect(await differenceOf(model)).toBeLessThan(1e-5);
    const nodes = jsonOf(await written(model)).modelTopology.node.map(({ name }) => name);
    expect(new Set(nodes).size).toBe(nodes.length);
    expect(nodes.filter((name) => !/^[A-Za-z0-9.][A-Za-z0-9_./-]*$/.test(name))).toEqual([]);
  });

  test('are needed: a target that has none is refused', async () => {
    await expect(written(functionNetwork())).rejects.toMatchObject({ code: 'EXPORT_NOT_LAYERED' });
    await expect(written(functionNetwork(), {})).rejects.toMatchObject({ code: 'EXPORT_NOT_LAYERED' });
  });
});
