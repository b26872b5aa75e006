// Each code of the runtime, by what a page or a file may have wrong.
import { canonicalJson, direct, mapping, oneHot, type BundleFiles, type Part } from '@mapping-networks/core';
import { everything, load, RuntimeError, type LoadOptions } from '@mapping-networks/runtime';
import { cnn2, feedForward } from '@mapping-networks/targets';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bundleOf } from './support/bundles.ts';

const target = feedForward({ input: [4], layers: [{ type: 'dense', name: 'fc', units: 2 }] });
const files = bundleOf(target, mapping({ latentDim: 3 }));

type Config = Readonly<Record<string, unknown>>;

/** The bundle with another config, its checksum made anew. */
const altered = (change: Config, from: BundleFiles = files): BundleFiles => {
  const next: Config = { ...config(from), ...change, checksum: undefined };
  const hash = createHash('sha256').update(canonicalJson(next)).update(from['latent.safetensors']);
  return { ...from, 'config.json': JSON.stringify({ ...next, checksum: hash.digest('hex') }) };
};

const config = ({ 'config.json': json }: BundleFiles): Config => JSON.parse(json) as Config;

const plainSpec = config(files)['parameterization'] as Config;

const withLayers = (...layers: readonly unknown[]): BundleFiles =>
  altered({ target: { use: 'feedForward', input: [4], layers } });

const withMapping = (change: Config): BundleFiles =>
  altered({ parameterization: { ...plainSpec, ...change } });

const refusal = async (bundle: BundleFiles, options?: LoadOptions): Promise<string> => {
  try {
    await load(bundle, options);
  } catch (error) {
    if (error instanceof RuntimeError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};

const invalid = (where: string): string => `RUNTIME_INVALID_BUNDLE: Invalid: ${where}. Restore the bundle`;
const unknown = (name: string): string => `RUNTIME_UNKNOWN_NAME: Unknown: ${name}. Pass it to load`;

const dense = { type: 'dense', name: 'fc', units: 2 };

describe('load refuses', () => {
  test('what is no bundle', async () => {
    const expected = 'RUNTIME_INVALID_ARGUMENT: Expected a bundle. Pass that';
    expect(await refusal({ ...files, 'config.json': new Uint8Array() as never })).toBe(expected);
    expect(await refusal(undefined as never)).toBe(expected);
  });

  test.each<[string, BundleFiles]>([
    ['config.json', { ...files, 'config.json': '{' }],
    ['config.json', altered({ format: 'other' })],
    ['config.json', altered({ stray: 1 })],
    ['config.json', altered({ version: { toString: 1, valueOf: 2 } })],
    ['latent.safetensors', { ...files, 'latent.safetensors': files['latent.safetensors'].subarray(1) }],
    ['feedForward', withLayers()],
    ['feedForward', withLayers({ ...dense, stray: 1 })],
    ['feedForward', withLayers({ type: { toString: 1 } })],
    ['layer fc', withLayers({ type: 'flatten' }, { type: 'reshape', shape: [2, 2] }, dense)],
    ['layer fc', withLayers(dense, dense)],
    [
      'layer dense1',
      withLayers({ type: 'dense', name: 'dense1', units: 2 }, { type: 'dense', name: 'dense1', units: 2 }),
    ],
    ['feedForward', withLayers({ type: 'relu' })],
    ['z', withMapping({ latentDim: 4 })],
    ['mapping', withMapping({ latentDim: 11 })],
    ['mapping', withMapping({ stray: 1 })],
    ['direct', altered({ parameterization: { use: 'direct', stray: 1 } })],
    ['tensors', altered(config(files), bundleOf(target, mapping({ latentDim: 3, modulation: 'vector' })))],
    ['use', altered({ parameterization: { use: 'masked', inner: { use: { toString: 1 } } } })],
  ])('a flaw, naming %s', async (where, bundle) => {
    expect(await refusal(bundle, everything)).toBe(invalid(where));
  });

  test.each(['version', 'map'])('a bundle of a later %s', async (what) => {
    expect(await refusal(altered({ [what]: 3 }))).toBe(
      'RUNTIME_NEWER_BUNDLE: The bundle is newer. Update the runtime',
    );
  });

  test('what it has not been given, and says what', async () => {
    const part = (
      name: string,
      other: Part<'parameterization'>,
      own: Part<'target'> = target,
    ): Promise<string> => refusal(bundleOf(own, other)).then((text) => `${name}: ${text}`);
    const plain = mapping({ latentDim: 3 });
    expect(await part('target', plain, cnn2())).toBe(`target: ${unknown('cnn2')}`);
    expect(await part('parameterization', direct())).toBe(`parameterization: ${unknown('direct')}`);
    const odd = mapping({ latentDim: 3, projection: oneHot() });
    expect(await part('options', odd)).toBe(`options: ${unknown('mapping with such options')}`);
    expect(await refusal(withLayers({ type: 'gelu' }))).toBe(unknown('gelu'));
    expect(await refusal(altered({ encoding: { z: { type: 'int8' } } }))).toBe(unknown('encoding'));
    expect(await refusal(withMapping({ projection: 'other' }), everything)).toBe(unknown('other'));
    expect(await refusal(altered({ target: { use: 'a\u001b[31m\n' } }))).toBe(unknown('a?[31m?'));
  });

  test('networks that would take too much memory or time', async () => {
    const large = withLayers({ type: 'dense', units: 1e6 }, { type: 'dense', units: 1e6 });
    expect(await refusal(large)).toBe('RUNTIME_TOO_LARGE: Too many parameters. Use a smaller network');
    const costly = altered({
      target: { use: 'feedForward', input: [9999], layers: [{ type: 'dense', units: 10_000 }] },
      parameterization: { use: 'mapping', latentDim: 5000, projection: 'dense' },
    });
    expect(await refusal(costly, everything)).toBe(
      'RUNTIME_TOO_LARGE: Too many numbers. Use a smaller network',
    );
    const slow = altered({
      target: { use: 'feedForward', input: [1000], layers: [{ type: 'dense', units: 10_000 }] },
      parameterization: { ...plainSpec, latentDim: 1 },
    });
    expect(await refusal(slow)).toBe('RUNTIME_TOO_LARGE: Too many operations. Use a smaller network');
  });

  test('files that were changed', async () => {
    const latent = files['latent.safetensors'].slice();
    latent[latent.length - 3] = 7;
    const changed = { ...files, 'latent.safetensors': latent };
    expect(await refusal(changed)).toBe('RUNTIME_MISMATCH: Another checksum. Restore the bundle');
    expect(await refusal(altered({}, changed))).toBe(
      'RUNTIME_MISMATCH: Another fingerprint. Restore the bundle',
    );
  });
});

test('takes what is only written in another way', async () => {
  const { hash } = await load(files);
  expect(hash).toBe((JSON.parse(files['config.json']) as { fingerprint: string }).fingerprint);
  expect(await refusal(withMapping({ projection: 'hadamard', activation: 'identity' }), everything)).toBe(
    'taken',
  );
  // Bytes in the middle of something larger.
  const [bytes, around] = [files['latent.safetensors'], new Uint8Array(999)];
  around.set(bytes, 3);
  const inside = around.subarray(3, 3 + bytes.length);
  expect((await load({ ...files, 'latent.safetensors': inside })).hash).toBe(hash);
});
