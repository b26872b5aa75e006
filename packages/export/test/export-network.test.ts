import {
  definePlugin,
  float32,
  MappingNetworksError,
  type ArrayTensor,
  type Exporter,
  type Part,
} from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import {
  exportNetwork,
  latent,
  requirePassed,
  safetensors,
  tfjs,
  type ExportResult,
} from '@mapping-networks/export';
import { mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { functionNetwork, inputsFor, networkOf } from './support/networks.ts';

const model = networkOf(mlp({ inputShape: [6], hidden: [8], classes: 3 }));
const inputs = inputsFor(model, 200);

/** An exporter that writes two files, runs the network itself, and does otherwise what it is told. */
const exporter = (overrides: Partial<Exporter>): Part<'exporter'> =>
  definePlugin({
    kind: 'exporter',
    name: 'odd',
    summary: 'For tests.',
    options: z.strictObject({}),
    slots: {},
    create: (): Exporter => ({
      tolerance: { output: 0.01 },
      write: async () => ({ 'a.bin': new Uint8Array(3), 'b.bin': new Uint8Array(4) }),
      load: (_, source) =>
        latent()
          .impl.write(source, {})
          .then((files) => latent().impl.load(files, source)),
      ...overrides,
    }),
  })();

const loaded = (run: (x: ArrayTensor) => Promise<ArrayTensor>): Awaited<ReturnType<Exporter['load']>> => ({
  runtime: 'test',
  run,
  dispose: () => {},
});

/** Outputs of the source, changed. */
const changed = (change: (values: Float32Array, x: ArrayTensor) => Float32Array): Part<'exporter'> =>
  exporter({
    load: async (_, source) => {
      const network = await latent().impl.load(await latent().impl.write(source, {}), source);
      return loaded(async (x) => {
        const { data, shape } = await network.run(x);
        return float32(change(Float32Array.from(data), x), shape);
      });
    },
  });

const only = async (part: Part<'exporter'>, labels?: ArrayLike<number>): Promise<ExportResult> => {
  const [result] = await exportNetwork(model, [part], { inputs, repeats: 1, ...(labels && { labels }) });
  if (result === undefined) throw new Error('no result');
  return result;
};

const codeOf = (call: () => unknown): string | undefined => {
  try {
    call();
  } catch (error) {
    if (error instanceof MappingNetworksError) return error.code;
    throw error;
  }
  return undefined;
};

describe('exportNetwork', () => {
  test('gives files, figures and the whole options of each exporter, in their order', async () => {
    const results = await exportNetwork(model, [latent(), safetensors(), latent()], { inputs });
    expect(results.map(({ name }) => name)).toEqual(['latent', 'safetensors', 'latent-2']);
    for (const { files, bytes, spec, passed, figures } of results) {
      expect(bytes).toBe(Object.values(files).reduce((sum, { length }) => sum + length, 0));
      expect(spec['tolerance'] ?? 'default').toBeDefined();
      expect(passed).toBe(true);
      expect(figures).toMatchObject({ examples: 200, agreement: 1 });
      expect(figures?.latency.single.min).toBeLessThanOrEqual(figures?.latency.single.median ?? 0);
      expect(figures).not.toHaveProperty('accuracy');
    }
    requirePassed(results);
  });

  test('measures differences from the outputs of the source on all inputs', async () => {
    const last = inputs.data.slice(-6).join();
    const result = await only(
      changed((values, x) => {
        // Of the last input alone, in a batch of 72: the greatest output is raised by a half.
        if (x.shape[0] === 72 && x.data.slice(-6).join() === last) values[values.length - 1]! += 0.5;
        return values;
      }),
    );
    expect(result.figures?.maxDifference).toBeCloseTo(0.5, 5);
    expect(result.figures?.meanDifference).toBeCloseTo(0.5 / 600, 6);
    expect(result.passed).toBe(false);
    expect(result.error?.code).toBe('EXPORT_BEYOND_TOLERANCE');
    expect(result.error?.message).toContain('differ by up to 0.500');
    expect(codeOf(() => requirePassed([result]))).toBe('EXPORT_BEYOND_TOLERANCE');
  });

  test('counts right answers when it is told them', async () => {
    const [source] = await exportNetwork(model, [latent()], {
      inputs,
      labels: new Int32Array(200),
      repeats: 1,
    });
    const share = source?.figures?.accuracy?.source ?? 0;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    const zeros = changed((values) => values.map((_, i) => (i % 3 === 0 ? 1 : 0)));
    const { figures } = await only(zeros, new Int32Array(200));
    expect(figures?.accuracy).toEqual({ source: share, exported: 1 });
    expect(figures?.agreement).toBeCloseTo(share, 12);
  });

  test('limits the loss of accuracy, and without labels the share of answers that change', async () => {
    const answer = (index: number): Part<'exporter'> => {
      const part = changed((values) => values.map((_, i) => (i % 3 === index ? 1 : 0)));
      return { ...part, impl: { ...part.impl, tolerance: { accuracy: 0.02 } } };
    };
    const ones = new Int32Array(200).fill(1);
    // Always right is no loss, whatever the source says; always wrong is.
    expect((await only(answer(1), ones)).passed).toBe(true);
    expect((await only(answer(2), ones)).error?.message).toContain('accuracy falls by');
    expect((await only(answer(1))).error?.message).toContain('the share of answers that change is');
  });

  test('limits the difference of a single output, of which no answer can change', async () => {
    const one = networkOf(mlp({ inputShape: [6], hidden: [8], classes: 1 }));
    const doubled = changed((values) => values.map((value) => 2 * value));
    const part = { ...doubled, impl: { ...doubled.impl, tolerance: { accuracy: 0.02 } } };
    const [result] = await exportNetwork(one, [part], { inputs: inputsFor(one, 20), repeats: 1 });
    expect(result?.figures?.agreement).toBe(1);
    expect(result?.error?.code).toBe('EXPORT_BEYOND_TOLERANCE');
    expect(result?.error?.message).toContain('relative to the largest, by 1.00, allowed 0.02');
  });

  test('takes no NaN for close', async () => {
    const { passed, figures, error } = await only(changed((values) => values.fill(Number.NaN)));
    expect(passed).toBe(false);
    expect(figures?.maxDifference).toBe(Number.POSITIVE_INFINITY);
    expect(error?.code).toBe('EXPORT_BEYOND_TOLERANCE');
  });

  test('makes the others where one fails, and tells all that failed', async () => {
    const failing = exporter({ write: () => Promise.reject(new Error('disk on fire')) });
    const unloadable = exporter({ load: () => Promise.reject(new Error('no runtime')) });
    const results = await exportNetwork(model, [failing, latent(), unloadable], { inputs, repeats: 1 });
    expect(results.map(({ passed }) => passed)).toEqual([false, true, false]);
    expect(results[0]).toMatchObject({ files: {}, bytes: 0, error: { code: 'EXPORT_FAILED' } });
    expect(results[0]?.error?.message).toContain('disk on fire');
    expect(results[2]).toMatchObject({ bytes: 7, error: { code: 'EXPORT_FAILED' } });
    expect(results[2]).not.toHaveProperty('figures');
    expect(codeOf(() => requirePassed(results))).toBe('EXPORT_NOT_PASSED');
  });

  test('refuses files that would leave their folder, and outputs of another shape', async () => {
    for (const name of ['../up', '/root', 'a/b', '.hidden', '']) {
      const { error } = await only(exporter({ write: async () => ({ [name]: new Uint8Array(1) }) }));
      expect(error?.code).toBe('EXPORT_FILE_NAME');
    }
    const short = exporter({ load: async () => loaded(async () => float32(new Float32Array(3), [1, 3])) });
    expect((await only(short)).error?.code).toBe('EXPORT_OUTPUTS');
  });

  test('refuses inputs and labels that do not fit', async () => {
    const code = (options: Parameters<typeof exportNetwork>[2]): Promise<unknown> =>
      exportNetwork(model, [latent()], options).catch(
        (error: unknown) => (error as MappingNetworksError).code,
      );
    expect(await code({ inputs: float32(new Float32Array(5), [1, 5]) })).toBe('EXPORT_INPUTS');
    expect(await code({ inputs: float32(new Float32Array(0), [0, 6]) })).toBe('EXPORT_INPUTS');
    expect(await code({ inputs, calibration: float32(new Float32Array(5), [1, 5]) })).toBe('EXPORT_INPUTS');
    expect(await code({ inputs, labels: [1, 2] })).toBe('EXPORT_LABELS');
    expect(await code({ inputs, repeats: 0 })).toBe('CORE_INVALID_ARGUMENT');
  });

  test('exports targets that are functions, except to formats of layers', async () => {
    const network = functionNetwork();
    const results = await exportNetwork(network, [latent(), safetensors(), tfjs()], {
      inputs: inputsFor(network, 3),
      repeats: 1,
    });
    expect(results.map(({ passed }) => passed)).toEqual([true, true, false]);
    expect(results[2]?.error?.code).toBe('EXPORT_NOT_LAYERED');
  });

  test('leaves no tensors', async () => {
    const exporters = [latent(), safetensors(), tfjs()];
    requirePassed(await exportNetwork(model, exporters, { inputs, repeats: 1 }));
    const before = tf.memory().numTensors;
    await exportNetwork(model, exporters, { inputs, repeats: 1 });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('takes the outputs of the source from any engine', async () => {
    const [result] = await exportNetwork(model, [latent()], { inputs, engine: cpu(), repeats: 1 });
    expect(result?.passed).toBe(true);
    expect(result?.figures?.relativeDifference).toBeLessThan(1e-5);
  });
});
