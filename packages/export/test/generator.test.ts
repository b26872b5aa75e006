import { dense, direct, mapping, oneHot, type Model, type Part } from '@mapping-networks/core';
import { exportNetwork, generator } from '@mapping-networks/export';
import { lowRank } from '@mapping-networks/low-rank';
import { prune } from '@mapping-networks/prune';
import { fakeQuantized, quantize, quantizeLatent } from '@mapping-networks/quantize';
import { cnn1, cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import fc from 'fast-check';
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

  test('makes the weights of small networks, whatever makes them: latents near powers of two, layers of one unit', async () => {
    const wraps: Readonly<Record<string, (inner: Part<'parameterization'>) => Part<'parameterization'>>> = {
      plain: (inner) => inner,
      'low rank': (inner) => lowRank({ rank: 2, inner }),
      rounded: (inner) => fakeQuantized({ inner }),
    };
    const networks = fc.record({
      inputs: fc.integer({ min: 32, max: 48 }),
      hidden: fc.constantFrom([16, 1], [30], [70, 9]),
      classes: fc.integer({ min: 1, max: 3 }),
      latentDim: fc.constantFrom(1, 2, 3, 15, 16, 17, 33, 64, 65, 127),
      strategy: fc.constantFrom('single', 'layerwise'),
      wrap: fc.constantFrom(...Object.keys(wraps)),
      sparsity: fc.constantFrom(0, 0.5),
    });
    await fc.assert(
      fc.asyncProperty(networks, async ({ inputs, hidden, classes, latentDim, strategy, wrap, sparsity }) => {
        const target = mlp({ inputShape: [inputs], hidden, classes });
        const inner = mapping({
          latentDim: strategy === 'layerwise' ? Math.max(8, latentDim) : latentDim,
          strategy,
        });
        const whole = networkOf(target, wraps[wrap]?.(inner));
        const model = sparsity === 0 ? whole : await passed(whole, prune({ sparsity }));
        const [result] = await exportNetwork(model, [generator()], {
          inputs: inputsFor(model, 3),
          repeats: 1,
        });
        // Outputs of a few units may all be zero but for rounding, which is much of the largest then.
        const { maxDifference = 1, relativeDifference = 1 } = result?.figures ?? {};
        expect(maxDifference < 1e-6 || relativeDifference < 1e-3).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  const written = async (model: Model): Promise<Uint8Array> => {
    const { 'generator.onnx': bytes } = await generator().impl.write(model, {});
    return bytes ?? new Uint8Array();
  };

  test.each([
    ['CNN2 from 2,048 numbers', networkOf(cnn2(), mapping({ latentDim: 2048 })), 17_000],
    [
      'CNN2 from 2,688, by layer',
      networkOf(cnn2(), mapping({ latentDim: 2688, strategy: 'layerwise' })),
      24_000,
    ],
    ['CNN1 from 2,072 numbers', networkOf(cnn1(), mapping({ latentDim: 2072 })), 22_000],
  ])('holds a latent and seeds: %s', async (_, model, most) => {
    const inputs = inputsFor(model, 5);
    const [result] = await exportNetwork(model, [generator()], { inputs, repeats: 1 });
    expect(result?.bytes).toBeLessThan(most);
    expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
  });

  const cnn = (parameterization: Part<'parameterization'>): Model => networkOf(cnn2(), parameterization);
  const inner = mapping({ latentDim: 1500 });
  test.each<readonly [string, () => Model | Promise<Model>, number]>([
    ['low rank', () => cnn(lowRank({ rank: 32, inner })), 15_000],
    // A mask of random places is no seed: 13.6 KB of bits.
    ['a mask', () => passed(cnn(inner), prune({ sparsity: 0.5 })), 31_000],
    ['rounding', () => cnn(fakeQuantized({ inner })), 19_000],
  ])('holds seeds below %s, too', async (_, make, most) => {
    const bytes = await written(await make());
    expect(new TextDecoder('latin1').decode(bytes)).toContain('threefry');
    expect(bytes.length).toBeLessThan(most);
  });

  test.each([
    ['float16', {}, 13_200],
    ['int8', {}, 11_200],
    ['int8', { block: 100 }, 11_400],
    ['int4', {}, 10_400],
    ['int4', { block: 33 }, 10_700],
    // In float32: runtimes do not widen it everywhere.
    ['bfloat16', {}, 17_300],
  ] as const)('holds a latent of %s in its bits: %o', async (type, options, most) => {
    const model = await passed(cnn(mapping({ latentDim: 2047 })), quantizeLatent({ type, ...options }));
    const inputs = inputsFor(model, 5);
    const [result] = await exportNetwork(model, [generator()], { inputs, repeats: 1 });
    expect(result?.error).toBeUndefined();
    expect(result?.bytes).toBeLessThan(most);
    expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
  });

  test('holds a latent that has left its grid as it is', async () => {
    const quantized = await passed(cnn(mapping({ latentDim: 2048 })), quantizeLatent({ type: 'int8' }));
    const moved = networkOf(cnn2(), mapping({ latentDim: 2048 })).trainables;
    const bytes = await written({ ...quantized, trainables: moved });
    expect(bytes.length).toBeGreaterThan(8192);
  });
});
