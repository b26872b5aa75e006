// Rounded factors: `quantize` works on U and V, which are what is stored, and their codes go into the layers made of them.
import { passLaws } from '@mapping-networks/conformance';
import {
  createRegistry,
  decodeBundle,
  direct,
  encodeBundle,
  float32,
  hadamard,
  mapping,
  modelFingerprint,
  modelMap,
  modelParameters,
  modelSize,
  modelTheta,
  sizeOf,
  type Model,
  type Part,
  type WeightGrid,
} from '@mapping-networks/core';
import { lowRank, splitLayers } from '@mapping-networks/low-rank';
import { masked, prune } from '@mapping-networks/prune';
import { fakeQuantized, quantize } from '@mapping-networks/quantize';
import { feedForward } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';

const target = feedForward({
  input: [7, 7, 2],
  layers: [
    { type: 'conv2d', name: 'conv', filters: 8, kernelSize: 3 },
    { type: 'relu' },
    { type: 'flatten' },
    { type: 'dense', name: 'fc', units: 20 },
    { type: 'relu' },
    { type: 'dense', name: 'last', units: 4 },
  ],
});

const context = {
  evaluate: () => Promise.resolve({ loss: 0 }),
  outputs: () => Promise.resolve(float32(new Float32Array(10), [1, 10])),
};

const networkOf = (parameterization: Part<'parameterization'>): Model => {
  const parts = { target, parameterization };
  return { ...parts, trainables: modelMap(parts).init(2), buffers: {} };
};

const after = async (model: Model, ...passes: readonly Part<'pass'>[]): Promise<Model> => {
  let current = model;
  for (const { impl } of passes) current = (await impl.apply(current, context)).model;
  return current;
};

const FACTORS = { fc: 3, conv: 2 };
const plain = networkOf(lowRank({ rank: FACTORS }));

describe('quantize of a network of low rank', () => {
  for (const { name, check } of passLaws(quantize(), {
    plugins: [feedForward, lowRank, fakeQuantized],
    model: plain,
  }))
    test(name, check);

  test('rounds U and V, and tells their formats', async () => {
    const { model, details } = await quantize({ type: 'int4' }).impl.apply(plain, context);
    expect(model.parameterization).toMatchObject({
      name: 'lowRank',
      options: { rank: FACTORS, inner: { name: 'fakeQuantized', options: { type: 'int4' } } },
    });
    expect(model.trainables).toBe(plain.trainables);
    // conv.u, conv.v, fc.u, fc.v and last.kernel, a scale for each column.
    expect(details).toEqual({ 'rounded tensors': 5, scales: 2 + 8 + 3 + 20 + 4 });
    const factors = modelMap(model).factors?.(model.trainables) ?? {};
    expect(Object.keys(factors)).toEqual(['conv.kernel', 'fc.kernel']);
    for (const { u, v, formats } of Object.values(factors))
      for (const [array, format] of [
        [u, formats?.u],
        [v, formats?.v],
      ] as const) {
        const { codes, scales, zeroPoints } = format as WeightGrid;
        const columns = array.shape[1] ?? 0;
        array.data.forEach((value, i) => {
          const code = (codes[i] ?? 0) - (zeroPoints[i % columns] ?? 0);
          expect(value).toBe(Math.fround((scales[i % columns] ?? 0) * code));
        });
      }
    expect(Object.keys(modelMap(model).formats?.(model.trainables) ?? {})).toEqual(['last.kernel']);
  });

  test('is smaller than the network of low rank, and than the rounded product', async () => {
    const rounded = await after(plain, quantize());
    const product = { ...plain, parameterization: fakeQuantized({ inner: plain.parameterization }) };
    const [before, size, other] = [plain, rounded, product].map((model) => modelSize(model).weightBytes);
    expect(size).toBeLessThan(0.5 * (before ?? 0));
    expect(size).toBeLessThan(0.5 * (other ?? 0));
  });

  test('rounds anew what it has rounded before, outside of the product, too', async () => {
    const fresh = modelTheta(await after(plain, quantize()));
    const outside = { ...plain, parameterization: fakeQuantized({ inner: plain.parameterization }) };
    for (const before of [await after(plain, quantize({ type: 'int4' })), outside]) {
      const again = await after(before, quantize());
      expect(modelTheta(again)).toEqual(fresh);
      expect(again.parameterization.name).toBe('lowRank');
    }
  });

  test('goes down to the factors of factors, and into any map that makes them', async () => {
    const inner = lowRank({ rank: { 'fc.v': 1 }, inner: mapping({ latentDim: 16 }) });
    const model = await after(networkOf(lowRank({ rank: FACTORS, inner })), quantize());
    expect(model.parameterization).toMatchObject({
      options: { inner: { name: 'lowRank', options: { inner: { name: 'fakeQuantized' } } } },
    });
    const registry = createRegistry([feedForward, lowRank, fakeQuantized, mapping, hadamard]);
    const again = decodeBundle(encodeBundle(model), registry);
    expect(modelFingerprint(again)).toBe(modelFingerprint(model));
  });

  test('keeps masks of U and V where they are', async () => {
    const space = modelMap(networkOf(lowRank({ rank: FACTORS }))).trainables;
    const size = space.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const words = Int32Array.from({ length: Math.ceil(size / 32) }, () => 0x55555555);
    words[words.length - 1] = (words.at(-1) ?? 0) & (size % 32 === 0 ? -1 : 2 ** (size % 32) - 1);
    const parameterization = lowRank({ rank: FACTORS, inner: masked({ inner: direct() }) });
    const constants = { 'inner/mask': { dtype: 'int32', shape: [words.length], data: words } } as const;
    const trainables = modelMap({ target, parameterization }).init(2);
    const model = await after({ target, parameterization, constants, trainables, buffers: {} }, quantize());
    expect(Object.keys(model.constants ?? {})).toEqual(['inner/inner/mask']);
    const { u } = modelMap(model).factors?.(model.trainables)['fc.kernel'] ?? {};
    expect(u?.data.filter((value) => value === 0).length).toBeGreaterThan(0.4 * (u?.data.length ?? 0));
  });

  test('over a mask of the product it rounds the product', async () => {
    const model = await after(plain, prune({ sparsity: 0.5 }), quantize());
    expect(model.parameterization).toMatchObject({
      name: 'fakeQuantized',
      options: { inner: { name: 'masked' } },
    });
  });
});

test('split layers hold the codes of their factors, exactly', async () => {
  for (const type of ['int8', 'int4', 'float16'] as const) {
    const model = await after(plain, quantize({ type }));
    const made = splitLayers(model, feedForward);
    expect(made.parameterization.name).toBe('givenWeights');
    const formats = modelMap(made).formats?.(made.trainables) ?? {};
    expect(Object.keys(formats).toSorted()).toEqual(
      ['conv.kernel', 'conv_u.kernel', 'fc.kernel', 'fc_u.kernel', 'last.kernel'].toSorted(),
    );
    const weights = modelParameters(made);
    const factors = modelMap(model).factors?.(model.trainables) ?? {};
    for (const layer of ['conv', 'fc']) {
      const { u, v } = factors[`${layer}.kernel`] ?? {};
      expect(weights[`${layer}_u.kernel`]?.data).toEqual(u?.data);
      expect(weights[`${layer}.kernel`]?.data).toEqual(v?.data);
      for (const name of [`${layer}_u.kernel`, `${layer}.kernel`]) {
        const format = formats[name];
        if (type !== 'float16')
          expect((format as WeightGrid).axis).toBe((weights[name]?.shape.length ?? 0) - 1);
      }
    }
  }
});
