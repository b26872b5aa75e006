// Bundles that were altered, that describe more than a machine holds, or that are no files: each is refused, with a code.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  canonicalJson,
  createRegistry,
  decodeBundle,
  decodeSafetensors,
  definePlugin,
  dense,
  encodeBundle,
  encodeSafetensors,
  float32,
  hadamard,
  initialBuffers,
  kernel,
  mapping,
  modelMap,
  parameterSpace,
  type BundleFiles,
  type Model,
  type Plugin,
} from '@mapping-networks/core';
import { loadBundle, readRegularFile, saveBundle } from '@mapping-networks/core/node';
import * as tf from '@tensorflow/tfjs-core';
import { createHash } from 'node:crypto';
import { z } from 'zod';

interface NetOptions {
  readonly inputs: number;
  readonly width: number;
  readonly layers: number;
  readonly dropout: number;
}

/** Dense layers without anything between them, and a buffer; `dropout` is an option that no weight depends on. */
const net: Plugin<'target', 'net', Partial<NetOptions>, NetOptions> = definePlugin({
  kind: 'target',
  name: 'net',
  summary: 'As large as asked.',
  options: z.strictObject({
    inputs: z.int().default(8),
    width: z.int().default(16),
    layers: z.int().default(2),
    dropout: z.number().default(0.25),
  }),
  slots: {},
  create: ({ inputs, width, layers }) => ({
    inputShape: [inputs],
    outputShape: [width],
    parameters: parameterSpace(
      Array.from({ length: layers }, (_, i) => kernel(`fc${i}`, [i === 0 ? inputs : width, width])),
    ),
    buffers: [{ name: 'norm.mean', shape: [width], initial: 0 }],
    masks: [],
    apply: (_parameters, buffers, x) => ({ output: tf.clone(x), buffers }),
  }),
});

const registry = createRegistry([net, mapping, hadamard, dense]);

const model = (): Model => {
  const parts = { target: net(), parameterization: mapping({ latentDim: 40 }) };
  const data = {
    name: 'none',
    inputShape: [8],
    task: 'classification',
    classes: ['a', 'b'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
  } as const;
  const arrays = { trainables: modelMap(parts).init(0), buffers: initialBuffers(parts.target.impl) };
  return { ...parts, ...arrays, data, metrics: { 'test.accuracy': 0.5 } };
};

type Config = Record<string, unknown>;

const without = (config: Config, key: string): Config =>
  Object.fromEntries(Object.entries(config).filter(([name]) => name !== key));

/** The files with another config; `seal` makes the checksum anew, as an attacker would. */
const withConfig = (change: (config: Config) => Config, seal = false): BundleFiles => {
  const files = encodeBundle(model());
  const config = change(JSON.parse(files['config.json']) as Config);
  const text = canonicalJson({ ...config, checksum: undefined });
  const checksum = createHash('sha256').update(text).update(files['latent.safetensors']).digest('hex');
  return { ...files, 'config.json': JSON.stringify(seal ? { ...config, checksum } : config) };
};

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('a bundle whose files are not those that were written', () => {
  test.each<[string, (config: Config) => Config]>([
    ['scores', (config) => ({ ...config, metrics: { 'test.accuracy': 0.51 } })],
    [
      'class names',
      (config) => ({ ...config, data: { ...(config['data'] as object), classes: ['b', 'a'] } }),
    ],
    [
      'options that change no weight',
      (config) => ({ ...config, target: { ...(config['target'] as object), dropout: 0.5 } }),
    ],
    ['no data', (config) => without(config, 'data')],
  ])('has other %s', (_, change) => {
    expect(() => decodeBundle(withConfig(change), registry)).toThrow(code('CORE_CHECKSUM_MISMATCH'));
  });

  test('has other buffers, which no fingerprint covers', () => {
    const files = encodeBundle(model());
    const arrays = decodeSafetensors(files['latent.safetensors']);
    const name = 'buffer/norm.mean';
    const latent = encodeSafetensors({ ...arrays, [name]: float32(new Float32Array(16).fill(0.5)) });
    expect(() => decodeBundle({ ...files, 'latent.safetensors': latent }, registry)).toThrow(
      code('CORE_CHECKSUM_MISMATCH'),
    );
  });

  test('has lost its checksum, or its version', () => {
    const withoutChecksum = withConfig((config) => without(config, 'checksum'));
    expect(() => decodeBundle(withoutChecksum, registry)).toThrow(code('CORE_INVALID_CONFIG'));
    const older = withConfig((config) => ({ ...config, version: 1 }));
    expect(() => decodeBundle(older, registry)).toThrow(code('CORE_INVALID_CONFIG'));
  });

  test('has other weights under a checksum made anew', () => {
    const files = withConfig((config) => ({ ...config, fingerprint: '0'.repeat(64) }), true);
    expect(() => decodeBundle(files, registry)).toThrow(code('CORE_FINGERPRINT_MISMATCH'));
  });

  test('is taken with other white space and keys in another order, and in the layout before checksums', () => {
    const reordered = withConfig((config) => Object.fromEntries(Object.entries(config).toReversed()));
    const indented = JSON.stringify(JSON.parse(reordered['config.json']), null, 2);
    expect(decodeBundle({ ...reordered, 'config.json': indented }, registry).metrics).toEqual({
      'test.accuracy': 0.5,
    });
    const first = withConfig((config) => ({ ...without(config, 'checksum'), version: 1 }));
    expect(decodeBundle(first, registry).data?.name).toBe('none');
  });
});

describe('numbers that are none', () => {
  const broken = (value: number): Model => ({
    ...model(),
    trainables: { z: float32(new Float32Array(40).fill(value)) },
  });

  test.each([Number.NaN, Infinity, -Infinity])('%s is not written', (value) => {
    expect(() => encodeBundle(broken(value))).toThrow(code('CORE_NON_FINITE_TENSOR'));
  });

  test('they are not read', () => {
    const files = encodeBundle(model());
    const arrays = decodeSafetensors(files['latent.safetensors']);
    const latent = encodeSafetensors({ ...arrays, z: float32(new Float32Array(40).fill(Number.NaN)) });
    expect(() => decodeBundle({ ...files, 'latent.safetensors': latent }, registry)).toThrow(
      code('CORE_NON_FINITE_TENSOR'),
    );
  });
});

describe('a config that describes too much', () => {
  const described = (target: object, parameterization?: object): BundleFiles =>
    withConfig((config) => ({ ...config, target, ...(parameterization && { parameterization }) }), true);

  test.each([
    ['parameters', described({ use: 'net', inputs: 20_000, width: 5_001 }), 'CORE_BUNDLE_TOO_LARGE'],
    ['tensors', described({ use: 'net', layers: 10_001 }), 'CORE_BUNDLE_TOO_LARGE'],
    [
      'blocks of one row',
      described({ use: 'net', inputs: 10_000, width: 5_000, layers: 1 }, { use: 'mapping', latentDim: 1 }),
      'CORE_BUNDLE_TOO_LARGE',
    ],
    [
      'columns to make orthogonal',
      described(
        { use: 'net', inputs: 110, width: 105, layers: 1 },
        { use: 'mapping', latentDim: 11_500, projection: 'dense' },
      ),
      'CORE_BUNDLE_TOO_LARGE',
    ],
    ['levels', { ...encodeBundle(model()), 'config.json': '['.repeat(100_000) }, 'CORE_INVALID_CONFIG'],
    [
      'characters',
      { ...encodeBundle(model()), 'config.json': ' '.repeat(2 ** 20 + 1) },
      'CORE_INVALID_CONFIG',
    ],
  ])('%s', (_, files, expected) => {
    expect(() => decodeBundle(files, registry)).toThrow(code(expected));
  });

  test('is taken where the reader allows it, and refused where it allows less', () => {
    const files = encodeBundle(model());
    expect(() => decodeBundle(files, registry, { parameters: 100 })).toThrow(code('CORE_BUNDLE_TOO_LARGE'));
    expect(() => decodeBundle(files, registry, { operations: 1_000 })).toThrow(code('CORE_BUNDLE_TOO_LARGE'));
    expect(decodeBundle(files, registry, { parameters: 400, tensors: 2, operations: 1e12 }).target.name).toBe(
      'net',
    );
  });
});

describe('what stands in the place of a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mapping-networks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const makers: readonly [string, (path: string) => unknown, string][] = [
    ['nothing', () => {}, 'CORE_CANNOT_READ'],
    ['a folder', (path) => mkdir(path), 'CORE_NOT_A_FILE'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'CORE_NOT_A_FILE'],
    ['an endless device', (path) => symlink('/dev/zero', path), 'CORE_NOT_A_FILE'],
    ['a link to itself', (path) => symlink(path, path), 'CORE_CANNOT_READ'],
    [
      'a file of 2 GiB',
      (path) => writeFile(path, '').then(() => truncate(path, 2 ** 31)),
      'CORE_FILE_TOO_LARGE',
    ],
  ];

  test.skipIf(process.platform === 'win32').each(makers)('%s is refused', async (name, make, expected) => {
    for (const file of ['config.json', 'latent.safetensors']) {
      const bundle = join(folder, `${name} ${file}`);
      await saveBundle(bundle, model());
      await rm(join(bundle, file));
      await make(join(bundle, file));
      await expect(loadBundle(bundle, registry)).rejects.toMatchObject({ code: expected });
    }
  });

  test('a file is read up to its limit, and one that a link leads to', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'four');
    await symlink(path, `${path}.link`);
    expect(String(await readRegularFile(`${path}.link`, 4))).toBe('four');
    await expect(readRegularFile(path, 3)).rejects.toMatchObject({ code: 'CORE_FILE_TOO_LARGE' });
    await writeFile(path, '');
    expect(await readRegularFile(path, 0)).toHaveLength(0);
  });
});
