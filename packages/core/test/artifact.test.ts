// Bundles and safetensors: what goes out comes back, sizes hold, and anything altered is refused.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as tf from '@tensorflow/tfjs-core';
import {
  createRegistry,
  decodeBundle,
  decodeSafetensors,
  definePlugin,
  direct,
  encodeBundle,
  encodeSafetensors,
  float32,
  hadamard,
  int32,
  kernel,
  mapping,
  modelFingerprint,
  parameterSpace,
  type Model,
  type Plugin,
} from '@mapping-networks/core';
import { atomicWrite, atomicWriteAll, loadBundle, saveBundle } from '@mapping-networks/core/node';
import { mlpSpace } from './support/spaces.ts';

const stub: Plugin<'target', 'stub', object, object> = definePlugin({
  kind: 'target',
  name: 'stub',
  summary: 'An MLP with a buffer.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    inputShape: [64],
    outputShape: [27],
    parameters: mlpSpace,
    buffers: [{ name: 'norm.mean', shape: [3], initial: 0 }],
    masks: [],
    apply: (_parameters, buffers, x) => ({ output: tf.clone(x), buffers }),
  }),
});
const registry = createRegistry([stub, mapping, hadamard, direct]);

const model = (seed = 0): Model => {
  const parameterization = mapping({ latentDim: 200 });
  return {
    target: stub(),
    parameterization,
    trainables: parameterization.impl.bind(mlpSpace).init(seed),
    buffers: { 'norm.mean': float32(Float32Array.of(1, 2, 3)) },
    data: {
      name: 'none',
      inputShape: [64],
      task: 'classification',
      classes: ['a', 'b'],
      normalization: { scale: 255, mean: 0.5, std: 0.5 },
    },
    metrics: { 'test.accuracy': 0.5 },
  };
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapping-networks-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('safetensors', () => {
  test('any arrays come back as they were', () => {
    const array = fc.oneof(
      fc.float32Array({ maxLength: 30 }).map((data) => float32(data)),
      fc.int32Array({ maxLength: 30 }).map((data) => int32(data)),
    );
    const name = fc
      .string({ unit: 'binary' })
      .filter((text) => !['__metadata__', '__proto__'].includes(text));
    fc.assert(
      fc.property(fc.dictionary(name, array), (arrays) => {
        const back = decodeSafetensors(encodeSafetensors(arrays));
        expect({ ...back }).toEqual({ ...arrays });
      }),
    );
  });

  test('a tensor may have the name of a method and no elements', () => {
    const arrays = { constructor: float32(Float32Array.of(7)), toString: float32(new Float32Array(0)) };
    const back = decodeSafetensors(encodeSafetensors(arrays));
    expect({ ...back }).toEqual(arrays);
    expect(Object.hasOwn(decodeSafetensors(encodeSafetensors({})), 'constructor')).toBe(false);
  });

  test.each(['__proto__', '__metadata__'])('a tensor cannot be called %s', (name) => {
    const arrays = Object.fromEntries([[name, float32(Float32Array.of(7))]]);
    expect(() => encodeSafetensors(arrays)).toThrow(
      expect.objectContaining({ code: 'CORE_RESERVED_TENSOR_NAME' }),
    );
  });

  test('a truncated file is refused at every length', () => {
    const bytes = encodeSafetensors({ z: float32(new Float32Array(5)), b: int32(new Int32Array(2)) });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(/CORE_|safetensors/);
    }
  });

  test.each([
    [
      'overlapping tensors',
      { a: ['F32', [1], [0, 4]], b: ['F32', [1], [0, 4]] },
      4,
      /starts at byte 0, expected 4/,
    ],
    ['a gap', { a: ['F32', [1], [4, 8]] }, 8, /starts at byte 4, expected 0/],
    ['bytes that do not fit the shape', { a: ['F32', [2], [0, 4]] }, 4, /4 bytes for shape \[2\]/],
    ['an offset outside the file', { a: ['F32', [2], [0, 8]] }, 4, /truncated/],
    ['an unknown dtype', { a: ['F64', [1], [0, 8]] }, 8, /dtype "F64"/],
    ['a negative side', { a: ['F32', [-1], [0, 4]] }, 4, /no valid shape/],
    ['bytes left over', { a: ['F32', [1], [0, 4]] }, 8, /4 bytes after the last tensor/],
  ] as const)('%s', (_, header, dataBytes, message) => {
    const entries = Object.entries(header).map(([name, [dtype, shape, data_offsets]]) => [
      name,
      { dtype, shape, data_offsets },
    ]);
    const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
    const bytes = new Uint8Array(8 + text.length + dataBytes);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });
});

describe('bundle', () => {
  test('a model comes back equal, weights to the bit', () => {
    const original = model();
    const back = decodeBundle(encodeBundle(original), registry);
    expect(modelFingerprint(back)).toBe(modelFingerprint(original));
    expect({ ...back.trainables }).toEqual({ ...original.trainables });
    expect({ ...back.buffers }).toEqual({ ...original.buffers });
    expect(back.data).toEqual(original.data);
    expect(back.metrics).toEqual(original.metrics);
  });

  test.each([
    [
      'another latent',
      (files: ReturnType<typeof encodeBundle>) => ({
        ...files,
        'latent.safetensors': encodeBundle(model(1))['latent.safetensors'],
      }),
      'CORE_CHECKSUM_MISMATCH',
    ],
    [
      'another latent size',
      (files) => ({
        ...files,
        'config.json': files['config.json'].replace('"latentDim":200', '"latentDim":100'),
      }),
      'CORE_WRONG_SHAPE',
    ],
    [
      'another map seed',
      (files) => ({ ...files, 'config.json': files['config.json'].replace('"seed":0', '"seed":1') }),
      'CORE_CHECKSUM_MISMATCH',
    ],
    [
      'a newer layout',
      (files) => ({ ...files, 'config.json': files['config.json'].replace('"version":2', '"version":3') }),
      'CORE_NEWER_BUNDLE',
    ],
    [
      'another map version',
      (files) => ({ ...files, 'config.json': files['config.json'].replace('"map":1', '"map":7') }),
      'CORE_NEWER_BUNDLE',
    ],
    [
      'an unknown target',
      (files) => ({ ...files, 'config.json': files['config.json'].replace('"stub"', '"stubb"') }),
      'CORE_UNKNOWN_NAME',
    ],
    [
      'a part instead of the name of one',
      (files) => ({
        ...files,
        'config.json': files['config.json'].replace(
          '"use":"hadamard"',
          '"kind":"projection","name":"hadamard","options":{},"impl":{}',
        ),
      }),
      'CORE_INVALID_CONFIG',
    ],
    ['a config that is not JSON', (files) => ({ ...files, 'config.json': '{' }), 'CORE_INVALID_CONFIG'],
    [
      'an extra key',
      (files) => ({ ...files, 'config.json': files['config.json'].replace('{', '{"x":1,') }),
      'CORE_INVALID_CONFIG',
    ],
    [
      'a missing buffer',
      (files) => ({ ...files, 'latent.safetensors': encodeSafetensors(model().trainables) }),
      'CORE_MISSING_TENSOR',
    ],
    [
      'an extra tensor',
      (files) => ({
        ...files,
        'latent.safetensors': encodeSafetensors({
          ...decodeSafetensors(files['latent.safetensors']),
          extra: float32(new Float32Array(1)),
        }),
      }),
      'CORE_UNEXPECTED_TENSOR',
    ],
  ] as [string, (files: ReturnType<typeof encodeBundle>) => ReturnType<typeof encodeBundle>, string][])(
    'refuses %s',
    (_, alter, code) => {
      const files = encodeBundle(model());
      const altered = alter(files);
      expect(altered).not.toEqual(files);
      expect(() => decodeBundle(altered, registry)).toThrow(expect.objectContaining({ code }));
    },
  );

  test('scores that are not numbers are left out, and the bundle can be read', () => {
    const files = encodeBundle({ ...model(), metrics: { 'test.loss': Number.NaN, 'test.accuracy': 0.1 } });
    expect(decodeBundle(files, registry).metrics).toEqual({ 'test.accuracy': 0.1 });
  });

  test('a layer may be called buffer', () => {
    const space = parameterSpace([kernel('buffer', [4, 2]), kernel('fc', [2, 2])]);
    const target: Model['target'] = { ...stub(), impl: { ...stub().impl, parameters: space, buffers: [] } };
    const parameterization = mapping({ latentDim: 4, strategy: 'layerwise' });
    const trainables = parameterization.impl.bind(space).init(0);
    const named = definePlugin<'target', 'stub', object, object>({
      kind: 'target',
      name: 'stub',
      summary: 'Its first layer has the name that bundles give to buffers.',
      options: z.strictObject({}),
      slots: {},
      create: () => target.impl,
    });
    const files = encodeBundle({ target, parameterization, trainables, buffers: {} });
    const back = decodeBundle(files, createRegistry([named, mapping, hadamard]));
    expect({ ...back.trainables }).toEqual(trainables);
  });

  test('keys of a config cannot reach a prototype', () => {
    const files = encodeBundle(model());
    const text = files['config.json'].replace('"metrics":{', '"metrics":{"__proto__":{"polluted":1},');
    expect(() => decodeBundle({ ...files, 'config.json': text }, registry)).toThrow(
      /CORE_|config of a bundle/,
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('folders', () => {
  test('save and load', async () => {
    const saved = await saveBundle(join(folder, 'a/b'), model());
    expect(saved.latentBytes).toBe((await readFile(join(folder, 'a/b/latent.safetensors'))).length);
    expect(modelFingerprint(await loadBundle(join(folder, 'a/b'), registry))).toBe(modelFingerprint(model()));
    expect((await readdir(join(folder, 'a/b'))).sort()).toEqual(['config.json', 'latent.safetensors']);
  });

  test('errors name the path', async () => {
    await expect(loadBundle(join(folder, 'nowhere'), registry)).rejects.toMatchObject({
      code: 'CORE_CANNOT_READ',
    });
    await writeFile(join(folder, 'file'), '');
    await expect(saveBundle(join(folder, 'file'), model())).rejects.toMatchObject({
      code: 'CORE_CANNOT_WRITE',
    });
  });

  test('a bundle that cannot be written whole leaves the old one whole', async () => {
    const path = join(folder, 'whole');
    await saveBundle(path, model());
    const failing = atomicWriteAll(path, {
      'latent.safetensors': encodeBundle(model(1))['latent.safetensors'],
      'config.json': { toString: () => 'never' } as string,
    });
    await expect(failing).rejects.toThrow(/argument|data/);
    expect(modelFingerprint(await loadBundle(path, registry))).toBe(modelFingerprint(model()));
    expect((await readdir(path)).sort()).toEqual(['config.json', 'latent.safetensors']);
  });

  test('a failed write leaves the old file and no other', async () => {
    const path = join(folder, 'atomic', 'kept');
    await saveBundle(join(folder, 'atomic'), model());
    await atomicWrite(path, 'old');
    const failing: Promise<void> = atomicWrite(path, { toString: () => 'never' } as string);
    await expect(failing).rejects.toThrow(/argument|data/);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(join(folder, 'atomic'))).not.toContainEqual(expect.stringContaining('.tmp'));
  });
});
