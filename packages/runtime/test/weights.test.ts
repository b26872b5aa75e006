// The weights and hashes of core, for every kind of mapping: there is one canonical generator.
import {
  dense,
  direct,
  encodeBundle,
  hadamard,
  int32,
  mapping,
  modelFingerprint,
  modelTheta,
  oneHot,
  randomKey,
  words,
  type MappingInput,
  type NamedArrays,
  type Part,
} from '@mapping-networks/core';
import { lowRank, type LowRankInput } from '@mapping-networks/low-rank';
import { masked } from '@mapping-networks/prune';
import { fakeQuantized } from '@mapping-networks/quantize';
import { everything, load } from '@mapping-networks/runtime';
import { cnn1, cnn2, mlp } from '@mapping-networks/targets';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundleOf, modelOf, target } from './support/bundles.ts';

/** As the generator made it before it was the runtime's. */
const GOLDEN = '20417eb8105756e688fc165464906f001dab62c0bc16173eac22b053d47eccb0';

const alpha = fc.double({ min: -3, max: 3, noNaN: true }).map((value) => value + 0);

const options = fc.record({
  part: fc.nat(1000),
  strategy: fc.constantFrom('single' as const, 'layerwise' as const),
  allocation: fc.constantFrom('sqrt' as const, 'proportional' as const, 'listed' as const),
  projection: fc.constantFrom(hadamard, oneHot, dense),
  activation: fc.oneof(
    fc.constantFrom({ type: 'identity' as const }, { type: 'tanh' as const }),
    fc.record({ type: fc.constant('sin' as const), omega: fc.double({ min: 0.1, max: 20, noNaN: true }) }),
  ),
  modulation: fc.oneof(
    fc.constant({ type: 'none' as const }),
    fc.record({ type: fc.constantFrom('additive' as const, 'linear' as const, 'vector' as const), alpha }),
  ),
  train: fc.constantFrom<NonNullable<MappingInput['train']>>(
    ['latent'],
    ['bias'],
    ['latent', 'bias'],
    ['projection'],
    ['bias', 'projection', 'latent'],
  ),
  seed: fc.maxSafeNat(),
});

/** Options for a target of that many parameters in those layers. */
const fitted = (
  { part, allocation, projection, train, ...rest }: typeof options extends fc.Arbitrary<infer T> ? T : never,
  layers: readonly { readonly size: number }[],
): MappingInput => {
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  const latentDim = Math.min(size, layers.length + (part % 60));
  const trained = projection === dense ? train : train.filter((what) => what !== 'projection');
  // All but the last layer have one; it takes what it can, and those before the rest.
  const listed = layers.map(() => 1);
  let left = latentDim - layers.length;
  layers.forEach((layer, i) => {
    const more = Math.min(left, layer.size - 1);
    listed[i] = 1 + more;
    left -= more;
  });
  const list = allocation === 'listed' && rest.strategy === 'layerwise';
  return {
    ...rest,
    latentDim,
    allocation: list ? listed : allocation === 'listed' ? 'sqrt' : allocation,
    projection: projection(),
    train: trained.length > 0 ? trained : ['latent'],
  };
};

test('are those of core for all projections, modulations, activations, strategies and trainables', async () => {
  await fc.assert(
    fc.asyncProperty(target, options, async (part, chosen) => {
      const model = modelOf(part, mapping(fitted(chosen, part.impl.parameters.layers)));
      const network = await load(encodeBundle(model), everything);
      expect(network.hash).toBe(modelFingerprint(model));
      expect(network.theta).toEqual(modelTheta(model));
      expect(Object.keys(network.weights)).toEqual(part.impl.parameters.parameters.map(({ name }) => name));
    }),
    { numRuns: 300 },
  );
});

test('CNN1 from 2,072 numbers has the hash that it has everywhere', async () => {
  const files = bundleOf(cnn1(), mapping({ latentDim: 2072 }));
  const { hash, theta, weights } = await load(files, { targets: everything.targets });
  expect(hash).toBe(GOLDEN);
  expect(theta).toHaveLength(537_994);
  expect(weights['fc1.kernel']?.shape).toEqual([1152, 256]);
});

test('a latent as large as the network is a permutation, which the whole mapping knows', async () => {
  const model = modelOf(mlp({ inputShape: [3], hidden: [], classes: 2 }), mapping({ latentDim: 8 }));
  expect((await load(encodeBundle(model), everything)).hash).toBe(modelFingerprint(model));
});

test('of networks that are trained directly, and of pruned ones, are those of core', async () => {
  const plain = modelOf(cnn2(), direct());
  expect((await load(encodeBundle(plain), everything)).hash).toBe(modelFingerprint(plain));
  const words = Math.ceil(108_618 / 32);
  // Without bits behind the last weight.
  const bits = Int32Array.from({ length: words }, (_, i) => (i + 1 < words ? i * 2_654_435 : 5));
  const constants = { mask: int32(bits), 'inner/mask': int32(bits.map((word) => word & 0x7f7f7f7f)) };
  const inner = masked({ inner: mapping({ latentDim: 64, modulation: 'additive' }) });
  const pruned = modelOf(cnn2(), masked({ inner }), constants);
  const network = await load(encodeBundle(pruned), everything);
  expect(network.hash).toBe(modelFingerprint(pruned));
  expect(network.theta.filter((weight) => weight === 0).length).toBeGreaterThan(50_000);
});

/** Random bits for all masks, none behind the last weight. */
const masksOf = (part: Part<'target'>, parameterization: Part<'parameterization'>): NamedArrays =>
  Object.fromEntries(
    (parameterization.impl.constants?.(part.impl.parameters) ?? []).map(({ name, shape }) => {
      const bits = Int32Array.from(words(randomKey(3, name), shape[0] ?? 0));
      bits[bits.length - 1] = 1;
      return [name, int32(bits)];
    }),
  );

const ranks = fc.oneof(
  fc.record({
    rank: fc.integer({ min: 1, max: 4 }),
    layers: fc.constantFrom('dense' as const, 'all' as const),
  }),
  fc.record({
    energy: fc.constantFrom(1e-9, 0.3, 0.7, 0.999, 1),
    layers: fc.constantFrom('dense' as const, 'all' as const, ['dense1'], ['dense1.kernel', 'conv2d1']),
  }),
  fc.constantFrom<LowRankInput>({ rank: { dense1: 1 } }, { rank: { 'dense1.kernel': 2, conv2d1: 1 } }),
);

const rounding = fc.record(
  {
    type: fc.constantFrom('int8' as const, 'int4' as const, 'float16' as const, 'bfloat16' as const),
    symmetric: fc.boolean(),
    granularity: fc.constantFrom('tensor' as const, 'channel' as const),
    range: fc.constantFrom('minMax' as const, 'mse' as const),
    bias: fc.boolean(),
  },
  { requiredKeys: [] },
);

type Wrap = (inner: Part<'parameterization'>) => Part<'parameterization'>;

const inLowRank: fc.Arbitrary<Wrap> = ranks.map((given) => (inner) => lowRank({ ...given, inner }));
const inMask: fc.Arbitrary<Wrap> = fc.constant((inner) => masked({ inner }));
const inFewerBits: fc.Arbitrary<Wrap> = rounding.map(
  (given) => (inner) => fakeQuantized({ ...given, inner }),
);

const innermost: fc.Arbitrary<Part<'parameterization'>> = fc.oneof(
  fc.constant(direct()),
  fc.constant(mapping({ latentDim: 1 })),
  fc.constant(mapping({ latentDim: 9, modulation: 'linear' })),
);

/** One in another in any order, the first outside; weights are rounded once at most. */
const nested = fc
  .tuple(
    fc.array(fc.oneof(inLowRank, inMask), { maxLength: 2 }),
    fc.array(inFewerBits, { maxLength: 1 }),
    fc.array(fc.oneof(inLowRank, inMask), { maxLength: 2 }),
    innermost,
  )
  .map(([outer, middle, inner, last]) =>
    [...outer, ...middle, ...inner].reduceRight<Part<'parameterization'>>((part, wrap) => wrap(part), last),
  );

test.each([
  ['in low rank', fc.tuple(inLowRank, innermost).map(([wrap, inner]) => wrap(inner))],
  ['in fewer bits', fc.tuple(inFewerBits, innermost).map(([wrap, inner]) => wrap(inner))],
  ['with low rank, masks and fewer bits in any order', nested],
])('of networks %s are those of core', async (_, parameterizations) => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(target, parameterizations, async (part, parameterization) => {
      let model;
      try {
        model = modelOf(part, parameterization, masksOf(part, parameterization));
      } catch {
        // Layers that the target has not, or nothing to factorize.
        return;
      }
      taken += 1;
      const network = await load(encodeBundle(model), everything);
      expect(network.hash).toBe(modelFingerprint(model));
      expect(network.theta).toEqual(modelTheta(model));
    }),
    { numRuns: 200 },
  );
  expect(taken).toBeGreaterThan(40);
});
