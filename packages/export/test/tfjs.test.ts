import { direct, directTrainables, float32, type Layer } from '@mapping-networks/core';
import { exportNetwork, tfjs } from '@mapping-networks/export';
import { quantize } from '@mapping-networks/quantize';
import { describe, expect, test } from 'vitest';
import { feedForward } from '@mapping-networks/targets';
import { imageNetwork, inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

const LAYERS: readonly (readonly Layer[])[] = [
  [{ type: 'relu' }, { type: 'maxPool2d', poolSize: 2 }],
  [{ type: 'leakyRelu' }, { type: 'maxPool2d', poolSize: 3, strides: 2, padding: 'same' }],
  [{ type: 'elu' }, { type: 'avgPool2d', poolSize: 2, padding: 'same' }],
  [{ type: 'gelu' }, { type: 'avgPool2d', poolSize: 3, strides: 2 }],
  [{ type: 'silu' }, { type: 'batchNorm' }, { type: 'dropout', rate: 0.5 }],
  [{ type: 'softplus' }, { type: 'globalAvgPool2d' }],
  [{ type: 'tanh' }, { type: 'conv2d', filters: 3, kernelSize: 2, strides: 2, bias: false }],
  [
    { type: 'sigmoid' },
    { type: 'flatten' },
    { type: 'reshape', shape: [18, 18, 1] },
    { type: 'maxPool2d', poolSize: 4 },
  ],
  [{ type: 'flatten' }, { type: 'flatten' }, { type: 'dense', units: 7, bias: false }, { type: 'relu' }],
];

describe('a layers model of tfjs', () => {
  test.each(LAYERS.map((layers) => [layers.map(({ type }) => type).join(', '), layers] as const))(
    'loads %s as tfjs-layers does, with the same outputs',
    async (_, layers) => {
      const model = imageNetwork(...layers);
      const [result] = await exportNetwork(model, [tfjs()], { inputs: inputsFor(model, 5), repeats: 1 });
      expect(result?.error).toBeUndefined();
      expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
      expect(result?.figures?.runtime).toContain('tfjs-layers 4.');
    },
  );

  test('gives layers other names where tfjs-layers would refuse theirs', async () => {
    const names = ['first fc', 'x.y', 'layer_1', 'layer_1_input', 'größe'];
    const layers = names.map((name): Layer => ({ type: 'dense', name, units: 3 }));
    const model = networkOf(
      feedForward({ input: [4], layers: [...layers, { type: 'batchNorm', name: '/' }] }),
    );
    const [result] = await exportNetwork(model, [tfjs()], { inputs: inputsFor(model, 5), repeats: 1 });
    expect(result?.error).toBeUndefined();
    const json = new TextDecoder().decode(result?.files['model.json']);
    expect(json).toContain('"x.y"');
    expect(json).not.toMatch(/first fc|größe/);
  });

  test('stores weights in fewer bits by option, and in shards', async () => {
    const model = imageNetwork({ type: 'relu' });
    const inputs = inputsFor(model, 50);
    const options = ['none', 'float16', 'uint16', 'uint8'] as const;
    const results = await exportNetwork(
      model,
      options.map((quantization) => tfjs({ quantization, shardBytes: 1024 })),
      { inputs, repeats: 1 },
    );
    const weights = results.map(({ files }) =>
      Object.entries(files).reduce(
        (sum, [name, { length }]) => sum + (name === 'model.json' ? 0 : length),
        0,
      ),
    );
    // 1,692 kernel weights and 9 biases.
    expect(weights).toEqual([4 * 1701, 2 * 1701, 2 * 1692 + 36, 1692 + 36]);
    expect(Object.keys(results[0]?.files ?? {})).toContain('group1-shard7of7.bin');
    const differences = results.map(({ figures }) => figures?.relativeDifference ?? 1);
    expect(results.slice(0, 3).every(({ passed }) => passed)).toBe(true);
    expect(differences[0]).toBeLessThan(1e-5);
    expect(differences[1]).toBeLessThan(2e-3);
    expect(differences[2]).toBeLessThan(2e-4);
    expect(differences[3]).toBeGreaterThan(differences[2] ?? 1);
    expect(differences[3]).toBeLessThan(0.05);
  });

  test('keeps quantized weights in their bits where TensorFlow.js can', async () => {
    const model = imageNetwork({ type: 'relu' });
    for (const [pass, bytes] of [
      [quantize({ type: 'int8', granularity: 'tensor' }), 1692 + 36],
      [quantize({ type: 'int4', granularity: 'tensor', symmetric: false }), 1692 + 36],
      [quantize({ type: 'float16' }), 2 * 1692 + 36],
      [quantize({ type: 'int8', granularity: 'channel' }), 4 * 1701],
    ] as const) {
      const quantized = await passed(model, pass);
      const inputs = inputsFor(model, 9);
      const [result] = await exportNetwork(quantized, [tfjs({ format: 'layers' })], { inputs, repeats: 1 });
      expect(result?.error).toBeUndefined();
      expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
      expect(result?.files['group1-shard1of1.bin']?.length).toBe(bytes);
    }
  });

  test('keeps a tensor in float32 that half precision cannot hold', async () => {
    const init = { type: 'normal', mean: 0, std: 1 } as const;
    const layers = ['a', 'b'].map((name) => ({ type: 'dense', name, units: 4, bias: false, init }) as const);
    const parts = { target: feedForward({ input: [4], layers }), parameterization: direct() };
    const { impl } = parts.target;
    const weights = {
      'a.kernel': new Float32Array(16).fill(70_000),
      'b.kernel': new Float32Array(16).fill(0.5),
    };
    const arrays = Object.fromEntries(
      Object.entries(weights).map(([name, values]) => [name, float32(values, [4, 4])]),
    );
    const model = { ...parts, trainables: directTrainables(impl.parameters, arrays), buffers: {} };
    const exporters = (['layers', 'graph'] as const).map((format) =>
      tfjs({ format, quantization: 'float16' }),
    );
    const results = await exportNetwork(model, exporters, { inputs: inputsFor(model, 5), repeats: 1 });
    for (const { error, files } of results) {
      expect(error).toBeUndefined();
      expect(files['group1-shard1of1.bin']?.length).toBe(4 * 16 + 2 * 16);
    }
  });

  test('writes the same bytes for the same network', async () => {
    const model = imageNetwork({ type: 'relu' }, { type: 'batchNorm' });
    const [first, second] = [await tfjs().impl.write(model, {}), await tfjs().impl.write(model, {})];
    expect(second).toEqual(first);
  });

  test('asks for all files', async () => {
    const model = imageNetwork();
    const { 'model.json': json } = await tfjs().impl.write(model, {});
    const loading = tfjs().impl.load({ 'model.json': json ?? new Uint8Array() }, model);
    await expect(loading).rejects.toMatchObject({ code: 'EXPORT_MISSING_FILE' });
  });
});
