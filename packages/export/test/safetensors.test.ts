import { createHash } from 'node:crypto';
import {
  direct,
  encodeSafetensors,
  float32,
  modelParameters,
  parseSafetensors,
  type Model,
  type Part,
  type StoredArray,
} from '@mapping-networks/core';
import { exportNetwork, readWeights, safetensors, type ExportResult } from '@mapping-networks/export';
import { prune } from '@mapping-networks/prune';
import { quantize } from '@mapping-networks/quantize';
import { cnnBn, feedForward, mlp } from '@mapping-networks/targets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionNetwork, inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

const FILE = 'weights.safetensors';

const written = async (model: Model, options: Parameters<typeof safetensors>[0] = {}): Promise<Uint8Array> =>
  (await safetensors(options).impl.write(model, {}))[FILE] ?? new Uint8Array();

const network = networkOf(mlp({ inputShape: [32], hidden: [100], classes: 5 }));
const weights = 32 * 100 + 100 + 100 * 5 + 5;

describe('safetensors', () => {
  test('holds the same bits, buffers and the target', async () => {
    const model = networkOf(cnnBn());
    const file = await written(model);
    const { parameters, buffers, target } = readWeights(file);
    expect(parameters).toEqual(modelParameters(model));
    expect(buffers).toEqual(model.buffers);
    expect(target).toMatchObject({ use: 'cnnBn', classes: 10 });
    expect(parseSafetensors(file).arrays['conv1.kernel']).toEqual(modelParameters(model)['conv1.kernel']);
  });

  test('stores quantized weights as their codes, to the same bits', async () => {
    const sizes: number[] = [];
    for (const type of ['int8', 'int4', 'float16', 'bfloat16'] as const) {
      for (const symmetric of [true, false]) {
        for (const granularity of ['tensor', 'channel'] as const) {
          const model = await passed(network, quantize({ type, symmetric, granularity, bias: true }));
          const file = await written(model);
          expect(readWeights(file).parameters).toEqual(modelParameters(model));
          if (granularity === 'tensor' && symmetric) sizes.push(file.length);
        }
      }
    }
    const [int8 = 0, int4 = 0, float16 = 0, bfloat16 = 0] = sizes;
    const plain = (await written(network)).length;
    expect(plain - int8).toBeGreaterThan(3 * weights - 700);
    expect(int8 - int4).toBeGreaterThan(weights / 2 - 60);
    expect(plain - float16).toBeGreaterThan(2 * weights - 60);
    expect(bfloat16 - float16).toBeLessThan(60);
  });

  test('leaves out zeros where that is smaller', async () => {
    const pruned = await passed(network, prune({ sparsity: 0.9 }));
    const both = await passed(pruned, quantize({ type: 'int8' }));
    const [dense, sparse, codes] = [
      await written(pruned, { sparse: false }),
      await written(pruned),
      await written(both),
    ];
    for (const [model, file] of [
      [pruned, dense],
      [pruned, sparse],
      [both, codes],
    ] as const)
      expect(readWeights(file).parameters).toEqual(modelParameters(model));
    // A tenth of the numbers and a bit for each weight.
    expect(sparse.length).toBeLessThan(dense.length - 4 * 0.9 * weights + weights / 8 + 500);
    expect(codes.length).toBeLessThan(sparse.length);
    expect(parseSafetensors(sparse).arrays['fc1.kernel.mask']?.data.length).toBe((32 * 100) / 8);
  });

  test('rounds all weights when it is told to, and is checked', async () => {
    const inputs = inputsFor(network, 20);
    const exporters = [safetensors({ type: 'float16' }), safetensors({ type: 'bfloat16' })];
    const [half, brain] = await exportNetwork(network, exporters, { inputs, repeats: 1 });
    const differences = [half, brain].map((each?: ExportResult) => each?.figures?.relativeDifference ?? 1);
    expect([half?.passed, brain?.passed]).toEqual([true, true]);
    expect(differences[0]).toBeLessThan(1e-3);
    expect(differences[1]).toBeGreaterThan(differences[0] ?? 1);
  });

  /** A matrix of ones but for this number. */
  const holding = (value: number): Model => {
    const init = { type: 'normal', mean: 0, std: 1 } as const;
    const layer = { type: 'dense', name: 'fc', units: 4, bias: false, init } as const;
    const kernel = new Float32Array(16).fill(1);
    kernel[5] = value;
    return {
      ...networkOf(feedForward({ input: [4], layers: [layer] }), direct()),
      trainables: { 'fc.kernel': float32(kernel, [4, 4]) },
    };
  };

  test.each([
    ['float16', 70_000, '65504', 'Store it in bfloat16'],
    ['float16', -65_520, '65504', 'or in float32'],
    ['bfloat16', 3.4e38, '3.38953e+38', 'Store it in float32'],
  ] as const)('says which weight is too large for %s: %d', async (type, value, largest, remedy) => {
    const error: unknown = await written(holding(value), { type }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'EXPORT_BEYOND_HALF' });
    for (const told of ["'fc.kernel'", String(value).slice(0, 3), type, largest, remedy])
      expect(String(error)).toContain(told);
  });

  test('rounds to the largest float16 what is nearest to it', async () => {
    const { parameters } = readWeights(await written(holding(65_519), { type: 'float16' }));
    expect(parameters['fc.kernel']?.data[5]).toBe(65_504);
  });

  test('gives back any weights, zeros, −0 and subnormals among them', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 0, 0, -0, 1, -2.5, 1e-42, 3e38), { minLength: 20, maxLength: 20 }),
        fc.boolean(),
        async (values, sparse) => {
          const model = functionNetwork();
          const kernel = float32(Float32Array.from(values.slice(0, 16)), [4, 4]);
          const given = { ...model.trainables, 'fc.kernel': kernel };
          const parameterization: Part<'parameterization'> = {
            ...direct(),
            impl: {
              ...direct().impl,
              bind: (space) => ({
                ...direct().impl.bind(space),
                generate: (trainables) =>
                  Float32Array.from([...trainables['fc.kernel']!.data, ...values.slice(16)]),
              }),
            },
          };
          const odd = { ...model, parameterization, trainables: given };
          const { parameters } = readWeights(await written(odd, { sparse }));
          for (const [name, { data }] of Object.entries(modelParameters(odd)))
            expect([...(parameters[name]?.data ?? [])].every((value, i) => Object.is(value, data[i]))).toBe(
              true,
            );
        },
      ),
      { numRuns: 50 },
    ));
});

/** A file with other arrays or other metadata, and the checksum that makes it look as if it had been written so. */
const sealed = (
  file: Uint8Array,
  change: (content: { arrays: Record<string, StoredArray>; metadata: Record<string, string> }) => void,
): Uint8Array => {
  const { arrays, metadata } = parseSafetensors(file);
  const content = { arrays: { ...arrays }, metadata: { ...metadata, sha256: '0'.repeat(64) } };
  change(content);
  const changed = encodeSafetensors(content.arrays, content.metadata);
  const digest = createHash('sha256').update(changed).digest('hex');
  changed.set(new TextEncoder().encode(digest), '........{"__metadata__":{"sha256":"'.length);
  return changed;
};

describe('readWeights', () => {
  const codeOf = (bytes: Uint8Array): unknown => {
    try {
      return readWeights(bytes);
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  test('refuses every changed byte, and what is cut off', async () => {
    const file = await written(await passed(network, prune({ sparsity: 0.9 })));
    for (let at = 0; at < file.length; at += at < 2000 ? 1 : 97) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect(codeOf(changed)).toBe('EXPORT_INVALID_WEIGHTS');
    }
    for (const length of [0, 7, 100, file.length - 1])
      expect(codeOf(file.slice(0, length))).toBe('EXPORT_INVALID_WEIGHTS');
    expect(codeOf(encodeSafetensors({ z: float32(Float32Array.of(1)) }))).toBe('EXPORT_INVALID_WEIGHTS');
  });

  test('refuses what does not fit together, though the checksum does', async () => {
    const pruned = await passed(network, prune({ sparsity: 0.9 }));
    const file = await written(await passed(pruned, quantize({ type: 'int8' })));
    expect(readWeights(sealed(file, () => {})).parameters).toEqual(readWeights(file).parameters);
    const changes: readonly Parameters<typeof sealed>[1][] = [
      ({ metadata }) => (metadata['format'] = 'other'),
      ({ metadata }) => (metadata['version'] = '0'),
      ({ metadata }) => (metadata['network'] = '{}'),
      ({ metadata }) => (metadata['network'] = '{'),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('[32,100]', '[32,101]')),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('[32,100]', '[1e300,100]')),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('[32,100]', '[32,100000000]')),
      ({ arrays }) => (arrays['fc1.kernel.scales'] = float32(new Float32Array(100).fill(Number.NaN))),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('"axis":1', '"axis":7')),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('"axis":1', '"axis":null')),
      ({ metadata }) => (metadata['network'] = metadata['network']!.replace('"int8"', '"int4"')),
      ({ metadata }) =>
        (metadata['network'] = metadata['network']!.replace('"sparse":true', '"sparse":false')),
      ({ arrays }) => delete arrays['fc1.kernel'],
      ({ arrays }) => delete arrays['fc1.kernel.mask'],
      ({ arrays }) => delete arrays['fc1.kernel.scales'],
      ({ arrays }) => (arrays['stray'] = float32(Float32Array.of(1))),
      ({ arrays }) => (arrays['buffer/mean'] = { dtype: 'uint8', shape: [1], data: Uint8Array.of(1) }),
      ({ arrays }) =>
        (arrays['fc1.kernel.mask'] = { dtype: 'uint8', shape: [400], data: new Uint8Array(400) }),
      // 5 biases of the last layer take 5 bits: the others mean nothing.
      ({ arrays }) => (arrays['fc2.bias.mask'] = { dtype: 'uint8', shape: [1], data: Uint8Array.of(0xff) }),
    ];
    for (const change of changes) expect(codeOf(sealed(file, change))).toBe('EXPORT_INVALID_WEIGHTS');
    const newer = sealed(file, ({ metadata }) => (metadata['version'] = '2'));
    expect(codeOf(newer)).toBe('EXPORT_NEWER_WEIGHTS');
  });
});
