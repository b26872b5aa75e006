// Options of `lowRank` and `fakeQuantized` from a file: what core refuses is refused, what core takes is taken, whatever is
// written for them.
import {
  canonicalJson,
  createRegistry,
  direct,
  encodeBundle,
  hadamard,
  mapping,
  modelFingerprint,
  resolve,
  type BundleFiles,
  type Model,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { masked } from '@mapping-networks/prune';
import { fakeQuantized } from '@mapping-networks/quantize';
import { everything, load, RuntimeError } from '@mapping-networks/runtime';
import { feedForward } from '@mapping-networks/targets';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { modelOf } from './support/bundles.ts';

const registry = createRegistry([direct, mapping, hadamard, masked, lowRank, fakeQuantized]);

const target = feedForward({
  input: [5, 4, 2],
  layers: [
    { type: 'conv2d', name: 'first', filters: 3, kernelSize: 2 },
    { type: 'flatten' },
    { type: 'dense', name: 'first.u', units: 7 },
    { type: 'dense', name: 'last', units: 6, bias: false, init: { type: 'normal', mean: 0.5, std: 0.1 } },
  ],
});

/** The bundle with other text for its parameterization, its checksum made anew. */
const written = (files: BundleFiles, parameterization: unknown): BundleFiles => {
  const { checksum: _, ...config } = JSON.parse(files['config.json']) as Readonly<Record<string, unknown>>;
  const next = { ...config, parameterization };
  const checksum = createHash('sha256').update(canonicalJson(next)).update(files['latent.safetensors']);
  return { ...files, 'config.json': JSON.stringify({ ...next, checksum: checksum.digest('hex') }) };
};

const plain = encodeBundle(modelOf(target, mapping({ latentDim: 3 })));

const modelFor = (spec: unknown): Model | undefined => {
  try {
    return modelOf(target, resolve(registry, 'parameterization', spec));
  } catch {
    return undefined;
  }
};

const runtimeOn = async (files: BundleFiles): Promise<string> => {
  try {
    return (await load(files, everything)).hash;
  } catch (error) {
    if (error instanceof RuntimeError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'all',
    'dense',
    'int8',
    'mapping',
    0,
    1,
    2,
    0.5,
    1.5,
    1e9,
    -1,
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 1 }),
);

const inner = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>('direct', { use: 'mapping', latentDim: 2 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      { use: 'lowRank', rank: { first: 2 } },
      { use: 'fakeQuantized', inner: 'direct', type: 'float16' },
      { use: 'lowRank', rank: 1, inner: { use: 'fakeQuantized', inner: 'direct' } },
    ),
  },
  odd,
);

const name = fc.constantFrom(
  'first',
  'first.kernel',
  'first.u',
  'last',
  'last.kernel',
  'first.bias',
  'none',
  'u',
  '',
);

const layers = fc.oneof(
  fc.constantFrom('dense', 'all'),
  fc.array(fc.constantFrom('first', 'first.u', 'last.kernel'), { minLength: 1, maxLength: 3 }),
  fc.array(name, { maxLength: 3 }),
  odd,
);
const energy = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const rank = fc.integer({ min: 0, max: 9 });
const use = fc.constant('lowRank');

const lowRankSpec: fc.Arbitrary<object> = fc.oneof(
  fc.record({ use, inner, rank, layers }, { requiredKeys: ['use'] }),
  fc.record(
    { use, inner, rank: fc.dictionary(name, rank, { maxKeys: 2 }), layers },
    { requiredKeys: ['use'] },
  ),
  fc.record({ use, inner, energy, layers }, { requiredKeys: ['use'] }),
  fc.record(
    { use, inner: odd, rank: fc.oneof(rank, odd), energy: fc.oneof(energy, odd), layers, stray: odd },
    { requiredKeys: ['use'] },
  ),
);

const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: odd });

const quantizedSpec = fc.record(
  {
    use: fc.constant('fakeQuantized'),
    inner,
    type: mostly(fc.constantFrom('int8', 'int4', 'float16', 'bfloat16')),
    symmetric: mostly(fc.boolean()),
    granularity: mostly(fc.constantFrom('tensor', 'channel')),
    range: mostly(fc.constantFrom('minMax', 'mse')),
    bias: mostly(fc.boolean()),
  },
  { requiredKeys: ['use', 'inner'] },
);

/** What JSON cannot say, or says in another way, is another matter. */
const asJson = (spec: object): unknown => JSON.parse(JSON.stringify(spec)) as unknown;

test.each([
  ['lowRank', lowRankSpec, 800],
  ['fakeQuantized', quantizedSpec, 800],
] as const)('of %s have the verdict of core', async (_, specs, numRuns) => {
  const counts = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(specs, async (given) => {
      const spec = asJson(given);
      const model = modelFor(spec);
      counts[model ? 'taken' : 'refused'] += 1;
      const verdict = await runtimeOn(written(model ? encodeBundle(model) : plain, spec));
      if (model) expect(verdict).toBe(modelFingerprint(model));
      else
        expect(verdict).toMatch(
          /^RUNTIME_(INVALID_BUNDLE: Invalid: (lowRank|fakeQuantized|use|mapping|config\.json)\.|UNKNOWN_NAME)/,
        );
    }),
    { numRuns },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(numRuns / 20);
});

test('that split a matrix whose halves have the names of others are refused', async () => {
  const within = (ranks: object): unknown => ({
    use: 'lowRank',
    rank: { first: 2 },
    inner: { use: 'lowRank', rank: ranks },
  });
  const fine = within({ first: 1 });
  const model = modelFor(fine) as Model;
  expect(await runtimeOn(encodeBundle(model))).toBe(modelFingerprint(model));
  // The U of first.u and the U of the kernel of layer first.u.
  const twice = within({ first: 1, 'first.u.kernel': 1 });
  expect(modelFor(twice)).toBeUndefined();
  expect(await runtimeOn(written(plain, twice))).toContain('Invalid: lowRank.');
});
