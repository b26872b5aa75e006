// Pruned networks as bundles: core writes their masks in few bytes, the runtime makes the same weights of them, and both
// refuse the same forged ones.
import {
  canonicalJson,
  createRegistry,
  decodeBundle,
  direct,
  encodeBundle,
  encodeSafetensors,
  float32,
  hadamard,
  int32,
  mapping,
  modelFingerprint,
  parseSafetensors,
  toSpec,
  type ArrayTensor,
  type BundleFiles,
  type Model,
  type ParameterMap,
  type ParameterSpace,
  type Part,
  type PassContext,
  type StoredArray,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { masked, prune, type PruneInput } from '@mapping-networks/prune';
import { fakeQuantized, quantizeLatent } from '@mapping-networks/quantize';
import { everything, load, type RuntimeParameterization } from '@mapping-networks/runtime';
import { cnn2, mlp } from '@mapping-networks/targets';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { modelOf } from './support/bundles.ts';

const registry = createRegistry([cnn2, mlp, direct, mapping, hadamard, masked, lowRank, fakeQuantized]);

const unused = (): Promise<never> => Promise.reject(new Error('nothing is to be measured'));
const nobody: PassContext = { evaluate: unused, outputs: unused };

const pruned = async (model: Model, options: PruneInput): Promise<Model> =>
  (await prune(options).impl.apply(model, nobody)).model;

/** The latent moved, as training does. */
const trainedOn = (model: Model): Model => ({
  ...model,
  trainables: Object.fromEntries(
    Object.entries(model.trainables).map(([name, { data, shape }]) => [
      name,
      float32(
        Float32Array.from(data, (value, i) => value + 0.3 * Math.sin(7 * i)),
        shape,
      ),
    ]),
  ),
});

/** Some weights kept, of the last word none: no bit stands behind the last weight. */
const maskOf = (words: number): ArrayTensor => int32(new Int32Array(words).fill(0x00370f0f, 0, words - 1));

const maskBytes = (files: BundleFiles, name = 'constant/mask'): number => {
  const { arrays } = parseSafetensors(files['latent.safetensors'], 'latent.safetensors');
  const { dtype, shape } = arrays[name] as StoredArray;
  expect([dtype, shape.length]).toEqual(['uint8', 1]);
  return shape[0] ?? 0;
};

/** The weights that come out, or by which code core refuses, and how the runtime does. */
const verdicts = async (files: BundleFiles): Promise<readonly [core: string, runtime: string]> => {
  const codeOf = (error: unknown): string => (error as { readonly code: string }).code;
  let core;
  try {
    core = modelFingerprint(decodeBundle(files, registry));
  } catch (error) {
    core = codeOf(error);
  }
  try {
    return [core, (await load(files, everything)).hash];
  } catch (error) {
    return [core, codeOf(error)];
  }
};

const inner = mapping({ latentDim: 64 });
const small = mlp({ inputShape: [6, 6, 1], hidden: [20], classes: 5 });

test.each<[string, Part<'parameterization'>, string, number]>([
  ['a mapping', inner, 'constant/mask', 60],
  ['layer-wise latents', mapping({ latentDim: 64, strategy: 'layerwise' }), 'constant/mask', 60],
  ['direct weights', direct(), 'constant/mask', 60],
  ['rounded weights', fakeQuantized({ inner }), 'constant/mask', 60],
  ['a product', lowRank({ rank: 2, inner }), 'constant/mask', 60],
  ['what is masked already', fakeQuantized({ inner: masked({ inner }) }), 'constant/mask', 110],
])('a mask over %s is written, and read by both with the same weights', async (_name, part, name, most) => {
  const { size } = small.impl.parameters;
  const model = await pruned(
    modelOf(
      small,
      part,
      part.impl.constants?.(small.impl.parameters).length
        ? { 'inner/mask': maskOf(Math.ceil(size / 32)) }
        : undefined,
    ),
    { sparsity: 0.9 },
  );
  for (const network of [model, trainedOn(model)]) {
    const files = encodeBundle(network);
    const weights = modelFingerprint(network);
    expect(await verdicts(files)).toEqual([weights, weights]);
    expect(decodeBundle(files, registry).constants).toEqual(model.constants);
    expect(maskBytes(files, name)).toBeLessThan(Math.ceil(size / 8));
  }
  expect(maskBytes(encodeBundle(model), name)).toBeLessThan(most);
});

test.each(['float16', 'int8', 'int4'] as const)('a mask over a latent in %s', async (type) => {
  const network = await pruned(modelOf(small, inner), { sparsity: 0.9 });
  const { model } = await quantizeLatent({ type }).impl.apply(network, nobody);
  const files = encodeBundle(model);
  const weights = modelFingerprint(model);
  expect(weights).not.toBe(modelFingerprint(network));
  expect(await verdicts(files)).toEqual([weights, weights]);
  expect(decodeBundle(files, registry).constants).toEqual(network.constants);
});

test.each<[string, (part: Part<'parameterization'>) => Part<'parameterization'>]>([
  ['rounded', (part) => fakeQuantized({ inner: part })],
  ['multiplied', (part) => lowRank({ rank: 3, inner: part })],
  ['masked', (part) => masked({ inner: part })],
])('a mask whose weights are %s after it', async (_name, wrap) => {
  const parts = { target: small, parameterization: wrap(masked({ inner })) };
  const specs = parts.parameterization.impl.constants?.(small.impl.parameters) ?? [];
  const constants = Object.fromEntries(specs.map(({ name, shape }) => [name, maskOf(shape[0] ?? 0)]));
  const network = modelOf(parts.target, parts.parameterization, constants);
  const weights = modelFingerprint(network);
  const files = encodeBundle(network);
  expect(await verdicts(files)).toEqual([weights, weights]);
  expect(decodeBundle(files, registry).constants).toEqual(constants);
});

test('CNN2 of a latent of 2,048 with a tenth of its weights: 0.3 kB at once, half a bit a weight when trained on', async () => {
  const model = await pruned(modelOf(cnn2(), mapping({ latentDim: 2048 })), { sparsity: 0.9 });
  expect(maskBytes(encodeBundle(model))).toBeLessThan(300);
  expect(maskBytes(encodeBundle(trainedOn(model)))).toBeLessThan(108_618 / 16);
  const filters = { structure: 'filters', sparsity: 0.5, scope: 'layer' } as const;
  const units = await pruned(modelOf(cnn2(), mapping({ latentDim: 2048 })), filters);
  expect(maskBytes(encodeBundle(units))).toBeLessThan(700);
});

describe.each<[string, (part: Part<'parameterization'>) => Part<'parameterization'>]>([
  ['a mask', (part) => masked({ inner: part })],
  ['a mask on another', (part) => masked({ inner: masked({ inner: part }) })],
  ['a mask on a product', (part) => masked({ inner: lowRank({ rank: 2, inner: part }) })],
  [
    'a mask in a product, rounded',
    (part) => fakeQuantized({ inner: lowRank({ rank: 2, inner: masked({ inner: part }) }) }),
  ],
])('%s', (_name, wrap) => {
  test('takes as many operations here as there', () => {
    const space = small.impl.parameters;
    const counted = (all: ParameterSpace): ParameterMap => ({ ...inner.impl.bind(all), operations: 1e6 });
    const part = wrap({ ...inner, impl: { ...inner.impl, bind: counted } });
    const core = (part.impl.constants?.(space) ?? []).reduce(
      (sum, { coding }) => sum + (coding?.operations() ?? 0),
      part.impl.bind(space).operations ?? 0,
    );
    const mappingOf: RuntimeParameterization = (_spec, { size }) => ({
      needs: [],
      operations: 1e6,
      generate: () => new Float32Array(size),
    });
    const known: Readonly<Record<string, RuntimeParameterization>> = {
      ...everything.parameterizations,
      mapping: mappingOf,
    };
    const bind: Parameters<RuntimeParameterization>[2] = (spec, within, constants) => {
      const own = spec as Parameters<RuntimeParameterization>[0];
      return (known[own.use] as RuntimeParameterization)(own, within, bind, constants);
    };
    expect(bind(toSpec(part), space, 'constant/').operations).toBe(core);
    expect(core).toBeGreaterThan(2e6);
  });
});

describe('forged', () => {
  const { size } = small.impl.parameters;
  const words = maskOf(Math.ceil(size / 32));
  const files = encodeBundle(modelOf(small, masked({ inner }), { mask: words }));
  const { arrays } = parseSafetensors(files['latent.safetensors'], 'latent.safetensors');
  const honest = [...(arrays['constant/mask'] as StoredArray).data];

  const forged = (mask: StoredArray): BundleFiles => {
    const latent = encodeSafetensors({ ...arrays, 'constant/mask': mask });
    const { checksum: _, ...config } = JSON.parse(files['config.json']) as Record<string, unknown>;
    const hash = createHash('sha256').update(canonicalJson(config)).update(latent);
    const checksum = hash.digest('hex');
    return { 'latent.safetensors': latent, 'config.json': JSON.stringify({ ...config, checksum }) };
  };
  const bytes = (data: readonly number[], shape = [data.length]): StoredArray => ({
    dtype: 'uint8',
    shape,
    data: Uint8Array.from(data),
  });

  test.each<[string, StoredArray, string]>([
    ['one bit a weight, as it was before', words, 'CORE_WRONG_SHAPE'],
    ['no bytes', bytes([]), 'CORE_WRONG_SHAPE'],
    ['on two axes', bytes(honest, [1, honest.length]), 'CORE_WRONG_SHAPE'],
    ['signed', { dtype: 'int8', shape: [1], data: Int8Array.of(31) }, 'CORE_WRONG_SHAPE'],
    ['more than any takes', bytes(Array.from({ length: 2 * size + 3 }, () => 1)), 'CORE_WRONG_SHAPE'],
    ['as many as any may take', bytes(Array.from({ length: 2 * size + 2 }, () => 31)), 'PRUNE_INVALID_MASK'],
    ['a zero behind it', bytes([...honest, 0]), 'PRUNE_INVALID_MASK'],
    ['another mode', bytes([64, ...honest.slice(1)]), 'PRUNE_INVALID_MASK'],
    ['a shift too small', bytes([15, ...honest.slice(1)]), 'PRUNE_INVALID_MASK'],
  ])('%s', async (_name, mask, code) => {
    expect(await verdicts(forged(mask))).toEqual([code, 'RUNTIME_INVALID_BUNDLE']);
  });

  test('what core says of masks from before', () => {
    expect(() => decodeBundle(forged(words), registry)).toThrow(
      `Expected tensor 'constant/mask' to be uint8 [1 to ${2 * size + 2}], got int32 [${words.shape[0]}]`,
    );
    expect(() => decodeBundle(forged(bytes([0])), registry)).toThrow(
      /bytes in the bundle are those of no mask/,
    );
  });

  test('cut, longer, or with another bit: both refuse, or both read another mask and miss the fingerprint', async () => {
    const masks = [
      ...honest.map((_, i) => honest.slice(0, i + 1)).slice(0, -1),
      ...honest.flatMap((byte, i) => [0, 5].map((bit) => honest.with(i, byte ^ (1 << bit)))),
      ...[1, 128, 255].map((byte) => [...honest, byte]),
    ];
    const { fingerprint } = JSON.parse(files['config.json']) as { readonly fingerprint: string };
    const seen = new Set<string>();
    for (const mask of masks) {
      const [core, runtime] = await verdicts(forged(bytes(mask)));
      seen.add(core);
      // The last: the same mask, written in another mode.
      expect([
        ['PRUNE_INVALID_MASK', 'RUNTIME_INVALID_BUNDLE'],
        ['CORE_FINGERPRINT_MISMATCH', 'RUNTIME_MISMATCH'],
        [fingerprint, fingerprint],
      ]).toContainEqual([core, runtime]);
    }
    expect(seen).toContain('PRUNE_INVALID_MASK');
    expect(seen).toContain('CORE_FINGERPRINT_MISMATCH');
  });
});
