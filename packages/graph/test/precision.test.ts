// Fewer bits: what onnxruntime computes of the smaller models, and that it computes it in integers.
import {
  decodeHalf,
  encodeHalf,
  float32,
  type ArrayTensor,
  type NamedArrays,
  type Target,
  type WeightGrid,
} from '@mapping-networks/core';
import {
  activationNames,
  encodeModel,
  exportInference,
  toFloat16,
  toQdq,
  toSparse,
  withOutputs,
  type ActivationScale,
  type PortableModel,
} from '@mapping-networks/graph';
import { cnn2, sequential } from '@mapping-networks/targets';
import { describe, expect, it } from 'vitest';
import { optimized } from './on-runtime.ts';
import { gridWeights } from './random-grid.ts';
import { inferenceOf, logitsOf, noise, randomWeights } from './random-network.ts';
import { runAll, runPortable } from './run-portable.ts';

const exported = (target: Target, weights: NamedArrays, exact: readonly string[] = []): PortableModel =>
  exportInference(inferenceOf(target), {
    inputs: { x: { shape: target.inputShape, dtype: 'float32' } },
    weights,
    exact: new Set(exact),
  });

const outputOf = async (model: PortableModel, x: ArrayTensor): Promise<Float32Array> =>
  (await runPortable(model, [x]))[0] as Float32Array;

const worst = (actual: Float32Array, expected: Float32Array): number =>
  expected.reduce((most, value, at) => Math.max(most, Math.abs(value - (actual[at] ?? NaN))), 0);

const network = cnn2().impl;
const x = noise([8, 28, 28, 1], 5);

describe('float16', () => {
  const weights = randomWeights(network, 3);

  it('stores half, and computes what weights rounded to float16 give', async () => {
    const model = exported(network, weights);
    const half = toFloat16(model);
    expect(encodeModel(half).length / encodeModel(model).length).toBeLessThan(0.51);
    const rounded = Object.entries(weights).map(([name, { data, shape }]): [string, ArrayTensor] => {
      const values = Float32Array.from(data);
      // Short ones stay as they are.
      const stored = values.length < 64 ? values : decodeHalf('float16', encodeHalf('float16', values));
      return [name, float32(stored, shape)];
    });
    const expected = logitsOf(network, Object.fromEntries(rounded), x);
    expect(worst(await outputOf(half, x), expected)).toBeLessThan(1e-5);
    expect((await optimized(half))('Cast')).toBe(false);
  });

  it('leaves what float16 cannot hold', () => {
    const large = { ...weights, 'fc2.kernel': float32(new Float32Array(1280).fill(70_000), [128, 10]) };
    const stored = toFloat16(exported(network, large)).initializers.map(
      ({ name, dtype }) => `${name} ${dtype}`,
    );
    expect(stored).toContain('fc2.kernel float32');
    expect(stored).toContain('fc1.kernel.float16 float16');
  });
});

describe('int8 weights', () => {
  it.each([0, 5, -128])('stay on their grid, zero point %i', async (zeroPoint) => {
    const { weights, grids } = gridWeights(network, { zeroPoint });
    const model = exported(network, weights, Object.keys(grids));
    const codes = toQdq(model, { weights: (name) => grids[name] });
    expect(encodeModel(codes).length / encodeModel(model).length).toBeLessThan(0.27);
    expect(await outputOf(codes, x)).toEqual(await outputOf(model, x));
    // Computed when the model is loaded.
    expect((await optimized(codes))('Cast')).toBe(false);
  });

  it('a batch normalization behind them stays one, unless they may change', () => {
    const conv = { type: 'conv2d', name: 'conv', filters: 2, kernelSize: 2 } as const;
    const target = sequential({ input: [4, 4, 1], layers: [conv, { type: 'batchNorm' }] });
    const { weights, grids } = gridWeights(target);
    const stored = (exact: readonly string[]): readonly string[] =>
      toQdq(exported(target, weights, exact), { weights: (name) => grids[name] }).nodes.map(
        ({ operator }) => operator,
      );
    expect(stored(['conv.kernel'])).toEqual(['Cast', 'Mul', 'Reshape', 'Conv', 'Mul', 'Add', 'Transpose']);
    expect(stored([])).toEqual(['Reshape', 'Conv', 'Transpose']);
  });
});

describe('int8 weights and activations', () => {
  const calibrated = async (
    model: PortableModel,
    sample: ArrayTensor,
  ): Promise<Readonly<Record<string, ActivationScale>>> => {
    const names = activationNames(model);
    const wide = withOutputs(model, names);
    const seen = await runAll(wide, sample);
    return Object.fromEntries(
      wide.outputs
        .filter(({ result }) => names.includes(result))
        .map(({ name, result }) => {
          const data = Array.from(seen[name]?.data as Float32Array);
          const [low, high] = [Math.min(0, ...data), Math.max(0, ...data)];
          const scale = (high - low) / 255;
          return [result, { scale, zeroPoint: Math.round(-low / scale) }];
        }),
    );
  };

  it('are computed in integers', async () => {
    const { weights, grids } = gridWeights(network);
    const model = exported(network, weights, Object.keys(grids));
    expect(activationNames(model)).toEqual(['x', 'relu_0', 'relu_1', 'relu_2']);
    const integers = toQdq(model, {
      weights: (name) => grids[name],
      activations: await calibrated(model, x),
    });
    expect(encodeModel(integers).length / encodeModel(model).length).toBeLessThan(0.28);
    const expected = await outputOf(model, x);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = worst(await outputOf(integers, x), expected);
    expect(difference).toBeGreaterThan(0);
    expect(difference / largest).toBeLessThan(0.05);
    const has = await optimized(integers);
    expect(['QLinearConv', 'QGemm', 'Conv', 'Gemm', 'Relu'].map(has)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('a filter of nothing but zeros keeps its bias', async () => {
    const layers = [{ type: 'conv2d', name: 'conv', filters: 2, kernelSize: 2 }, { type: 'relu' }] as const;
    const target = sequential({ input: [4, 4, 1], layers });
    const { weights, grids } = gridWeights(target);
    const grid = grids['conv.kernel'];
    const codes = Int8Array.from(grid?.codes ?? [], (code, at) => (at % 2 === 0 ? 0 : code));
    const scales = Float32Array.from(grid?.scales ?? [], (scale, at) => (at === 0 ? 2 ** -126 : scale));
    const kernel = float32(
      Float32Array.from(codes, (code, at) => code * (scales[at % 2] ?? 0)),
      [2, 2, 1, 2],
    );
    const pruned = { ...weights, 'conv.kernel': kernel };
    const model = exported(target, pruned, ['conv.kernel']);
    const small = noise([8, 4, 4, 1], 6);
    const integers = toQdq(model, {
      weights: () => ({ type: 'int8', codes, axis: 3, scales, zeroPoints: Int32Array.of(0, 0) }),
      activations: await calibrated(model, small),
    });
    expect(integers.initializers.some(({ name }) => name === 'conv.bias.codes')).toBe(true);
    expect(worst(await outputOf(integers, small), await outputOf(model, small))).toBeLessThan(0.02);
  });
});

it('gives only values that there are', () => {
  const model = exported(network, randomWeights(network, 3));
  expect(() => withOutputs(model, ['nothing'])).toThrow(
    expect.objectContaining({ code: 'GRAPH_NO_SUCH_VALUE' }),
  );
  expect(withOutputs(model, ['logits', 'conv1']).outputs.map(({ name }) => name)).toEqual([
    'logits',
    'conv1',
  ]);
});

describe('pruned weights', () => {
  const pruned = (weights: NamedArrays, kept: number): NamedArrays =>
    Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data }]) => {
        const chance = noise(shape, name.length + data.length).data;
        // Runs longer than a byte counts, negative zeros among them.
        const stays = (at: number): boolean =>
          !name.endsWith('.kernel') || (Math.abs(chance[at] ?? 0) < kept && at % 2000 > 600);
        return [
          name,
          float32(
            Float32Array.from(data, (value, at) => (stays(at) ? value : value < 0 ? -0 : 0)),
            shape,
          ),
        ];
      }),
    );
  const model = exported(network, pruned(randomWeights(network, 4), 0.1));

  it.each([
    ['float32', model, 8],
    ['float16', toFloat16(model), 6],
  ])('take a fraction of the room, %s', async (_, dense, factor) => {
    const sparse = toSparse(dense);
    expect(encodeModel(sparse).length).toBeLessThan(encodeModel(dense).length / factor);
    expect(await outputOf(sparse, x)).toEqual(await outputOf(dense, x));
    expect((await optimized(sparse))('ScatterElements')).toBe(false);
  });

  it('int8 codes count from the most frequent one', async () => {
    const { weights, grids } = gridWeights(network);
    const shifted = Object.entries(grids).map(([name, grid]): [string, WeightGrid] => {
      const codes = Int8Array.from(grid.codes, (code, at) => (at % 10 === 0 ? code : -7));
      return [name, { ...grid, codes, zeroPoints: grid.zeroPoints.map(() => -7) }];
    });
    const codes = new Map(shifted);
    const dense = toQdq(exported(network, weights, Object.keys(grids)), {
      weights: (name) => codes.get(name),
    });
    const sparse = toSparse(dense);
    expect(encodeModel(sparse).length).toBeLessThan(encodeModel(dense).length / 3);
    expect(await outputOf(sparse, x)).toEqual(await outputOf(dense, x));
  });

  it.each<[string, number, number, string]>([
    ['bytes of gaps', 1, 40, '.gaps'],
    ['halves of bytes', 1, 12, '.gaps.bytes'],
    ['bits of all elements', 2, 4, '.kept.bytes'],
    ['bits of most elements', 5, 7, '.kept.bytes'],
  ])('say by %s where they stand: %i of %i', async (_, left, group, stored) => {
    const { weights, grids } = gridWeights(network);
    const kernels = Object.entries(grids).map(([name, grid]): [string, WeightGrid] => [
      name,
      { ...grid, codes: grid.codes.map((code, at) => (at % group < left ? code : 0)) },
    ]);
    const few = new Map(kernels);
    const dense = toQdq(exported(network, weights, Object.keys(grids)), { weights: (name) => few.get(name) });
    const sparse = toSparse(dense);
    const names = sparse.initializers.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('fc1.kernel') && name.endsWith(stored))).toHaveLength(1);
    const share = left / group;
    expect(encodeModel(sparse).length).toBeLessThan(
      Math.min(2 * share, 1.5 * share, share + 1 / 8) * encodeModel(dense).length + 10_000,
    );
    expect(worst(await outputOf(sparse, x), await outputOf(dense, x))).toBeLessThan(1e-5);
    // Computed when the model is loaded.
    const has = await optimized(sparse);
    for (const operator of ['ScatterElements', 'Gather', 'CumSum', 'BitShift'])
      expect(`${operator} ${has(operator)}`).toBe(`${operator} false`);
  });

  it('stay as they are where they are not sparse', () => {
    const dense = exported(network, randomWeights(network, 4));
    expect(toSparse(dense)).toEqual(dense);
  });
});
