import Module from 'node:module';
import type { Layer } from '@mapping-networks/core';
import { exportNetwork, generator, onnx, tfjs } from '@mapping-networks/export';
import { factorize } from '@mapping-networks/low-rank';
import { prune } from '@mapping-networks/prune';
import { quantize } from '@mapping-networks/quantize';
import { describe, expect, test } from 'vitest';
import { functionNetwork, imageNetwork, inputsFor } from './support/networks.ts';
import { passed } from './support/passed.ts';

const LAYERS: readonly (readonly Layer[])[] = [
  [{ type: 'relu' }, { type: 'maxPool2d', poolSize: 2 }],
  [{ type: 'leakyRelu' }, { type: 'maxPool2d', poolSize: 3, strides: 2, padding: 'same' }],
  [{ type: 'elu' }, { type: 'avgPool2d', poolSize: 2, padding: 'same' }],
  [{ type: 'gelu' }, { type: 'batchNorm' }, { type: 'dropout', rate: 0.5 }],
  [{ type: 'softplus' }, { type: 'globalAvgPool2d' }],
  [{ type: 'tanh' }, { type: 'conv2d', filters: 3, kernelSize: 2, strides: 2, bias: false }],
];

/** 19,000 weights, three fifths of them in convolutions. */
const wide = imageNetwork(
  { type: 'relu' },
  { type: 'conv2d', filters: 32, kernelSize: 3 },
  { type: 'relu' },
  { type: 'conv2d', filters: 32, kernelSize: 3 },
  { type: 'relu' },
);

describe('onnx', () => {
  test.each(LAYERS.map((layers) => [layers.map(({ type }) => type).join(', '), layers] as const))(
    'computes %s in ONNX Runtime as its source does',
    async (_, layers) => {
      const model = imageNetwork(...layers);
      const [result] = await exportNetwork(model, [onnx()], { inputs: inputsFor(model, 130), repeats: 1 });
      expect(result?.error).toBeUndefined();
      expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
      expect(result?.figures?.runtime).toContain('onnxruntime-node 1.');
    },
  );

  test('takes batches of any size, of targets that are functions too', async () => {
    const model = functionNetwork();
    const [result] = await exportNetwork(model, [onnx()], { inputs: inputsFor(model, 129), repeats: 1 });
    expect(result?.passed).toBe(true);
  });

  test('in float16 takes half the bytes, in int8 a quarter, and computes nearly the same', async () => {
    const exporters = [
      onnx(),
      onnx({ precision: 'float16' }),
      onnx({ precision: 'int8', tolerance: { output: 0.05 } }),
    ];
    const results = await exportNetwork(wide, exporters, { inputs: inputsFor(wide, 300), repeats: 1 });
    const [float32, float16, int8] = results.map(({ bytes }) => bytes);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(float16).toBeLessThan(0.55 * (float32 ?? 0));
    expect(int8).toBeLessThan(0.4 * (float32 ?? 0));
    const [, half, codes] = results.map(({ figures }) => figures?.relativeDifference ?? 1);
    expect(half).toBeLessThan(2e-3);
    expect(codes).toBeGreaterThan(half ?? 1);
  });

  test('finds other ranges with other observers', async () => {
    const files = await Promise.all(
      (['minMax', 'percentile', 'entropy'] as const).map((observer) =>
        onnx({ precision: 'int8', observer, percentile: 99 }).impl.write(wide, {
          calibration: inputsFor(wide, 70),
        }),
      ),
    );
    const [minMax, percentile, entropy] = files.map(({ 'model.onnx': bytes = new Uint8Array() }) =>
      Buffer.from(bytes).toString('base64'),
    );
    expect(new Set([minMax, percentile, entropy]).size).toBe(3);
    const writing = onnx({ precision: 'int8' }).impl.write(wide, {});
    await expect(writing).rejects.toMatchObject({ code: 'EXPORT_NO_CALIBRATION' });
  });

  test('calibrates on as many inputs as it is told', async () => {
    const write = async (calibrationExamples: number, examples: number): Promise<unknown> =>
      onnx({ precision: 'int8', calibrationExamples }).impl.write(wide, {
        calibration: inputsFor(wide, examples),
      });
    expect(await write(3, 70)).toEqual(await write(70, 3));
    expect(await write(70, 70)).not.toEqual(await write(3, 70));
  });

  test('auto keeps quantized weights in their bits, without loss', async () => {
    const plain = (await onnx().impl.write(wide, {}))['model.onnx']?.length ?? 0;
    for (const [type, share] of [
      ['int8', 0.35],
      ['int4', 0.35],
      ['float16', 0.6],
    ] as const) {
      const model = await passed(wide, quantize({ type }));
      const [result] = await exportNetwork(model, [onnx()], { inputs: inputsFor(wide, 50), repeats: 1 });
      expect(result?.error).toBeUndefined();
      expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
      expect(result?.bytes).toBeLessThan(share * plain);
    }
  });

  test('int8 takes the grids of a quantized network as they are', async () => {
    const model = await passed(wide, quantize({ type: 'int4' }));
    const part = onnx({ precision: 'int8', tolerance: { output: 0.05 } });
    const [result] = await exportNetwork(model, [part], { inputs: inputsFor(wide, 100), repeats: 1 });
    // int4 weights alone are further than that from the network that they were made of.
    expect(result?.error).toBeUndefined();
  });

  test('cuts out the filters that pruning has emptied', async () => {
    const model = await passed(wide, prune({ structure: 'filters', sparsity: 0.5, scope: 'layer' }));
    const results = await exportNetwork(model, [onnx(), tfjs()], { inputs: inputsFor(wide, 50), repeats: 1 });
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
    for (const [i, exporter] of [onnx(), tfjs()].entries()) {
      const before = Object.values(await exporter.impl.write(wide, {})).reduce(
        (sum, { length }) => sum + length,
        0,
      );
      expect(results[i]?.bytes).toBeLessThan(0.6 * before);
    }
  });

  test('holds the factors of low rank instead of their product, in each format with layers', async () => {
    const model = await passed(wide, factorize({ energy: 0.5, layers: 'all' }));
    const exporters = [onnx(), onnx({ precision: 'float16' }), tfjs()];
    const results = await exportNetwork(model, exporters, { inputs: inputsFor(wide, 50), repeats: 1 });
    for (const [i, { error, bytes, figures }] of results.entries()) {
      expect(error).toBeUndefined();
      const whole = await exporters[i]?.impl.write(wide, {});
      expect(bytes).toBeLessThan(
        0.8 * Object.values(whole ?? {}).reduce((sum, { length }) => sum + length, 0),
      );
      expect(figures?.relativeDifference).toBeLessThan(i === 1 ? 0.01 : 1e-5);
    }
  });

  test('holds the codes of rounded factors, in each format with layers', async () => {
    const factorized = await passed(wide, factorize({ energy: 0.5, layers: 'all' }));
    const model = await passed(factorized, quantize());
    const exporters = [onnx(), onnx({ precision: 'int8', tolerance: { output: 0.1 } }), tfjs()];
    const inputs = inputsFor(wide, 50);
    const whole = await exportNetwork(factorized, exporters.slice(0, 1), { inputs, repeats: 1 });
    const results = await exportNetwork(model, exporters, { inputs, repeats: 1 });
    for (const [i, { error, bytes, figures }] of results.entries()) {
      expect(error).toBeUndefined();
      expect(bytes).toBeLessThan(0.6 * (whole[0]?.bytes ?? 0));
      expect(figures?.relativeDifference).toBeLessThan(i === 1 ? 0.1 : 1e-5);
    }
  });

  test('leaves out zeros of pruned weights, in each precision', async () => {
    const pruned = await passed(wide, prune({ sparsity: 0.9, scope: 'tensor' }));
    const both = await passed(pruned, quantize({ type: 'int8' }));
    for (const [model, precision, share] of [
      [pruned, 'float32', 0.25],
      [pruned, 'float16', 0.35],
      [both, 'auto', 0.7],
      [both, 'int8', 0.7],
    ] as const) {
      const inputs = inputsFor(wide, 50);
      const exporters = [true, false].map((sparse) =>
        onnx({ precision, sparse, tolerance: { output: 0.1 } }),
      );
      const [small, whole] = await exportNetwork(model, exporters, { inputs, repeats: 1 });
      expect(small?.error).toBeUndefined();
      expect(small?.bytes).toBeLessThan(share * (whole?.bytes ?? 0));
      expect(small?.figures?.maxDifference).toBe(whole?.figures?.maxDifference);
    }
  });

  test('without onnxruntime-node says how to get it; the other exports are made', async () => {
    const load: unknown = Reflect.get(Module, '_load');
    Reflect.set(Module, '_load', (request: string, ...others: unknown[]) => {
      if (request === 'onnxruntime-node') throw new Error("Cannot find module 'onnxruntime-node'");
      return Reflect.apply(load as () => unknown, Module, [request, ...others]);
    });
    try {
      const exporters = [onnx(), tfjs(), generator()];
      const results = await exportNetwork(wide, exporters, { inputs: inputsFor(wide, 3), repeats: 1 });
      expect(results.map(({ error }) => error?.code)).toEqual([
        'EXPORT_NO_ONNX_RUNTIME',
        undefined,
        'EXPORT_NO_ONNX_RUNTIME',
      ]);
      expect(results[0]?.error?.message).toContain("Cannot find module 'onnxruntime-node'. Run npm install");
    } finally {
      Reflect.set(Module, '_load', load);
    }
  });

  test('says which file is missing, and what ONNX Runtime does not take', async () => {
    await expect(onnx().impl.load({}, wide)).rejects.toMatchObject({ code: 'EXPORT_MISSING_FILE' });
    const loading = onnx().impl.load({ 'model.onnx': new Uint8Array(100) }, wide);
    await expect(loading).rejects.toMatchObject({ code: 'EXPORT_INVALID_ONNX' });
  });
});
