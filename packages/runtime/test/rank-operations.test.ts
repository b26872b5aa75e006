// What finding ranks by energy costs is counted before weights are made, and by core and runtime alike: a file of a few
// kilobytes may ask for many.
import {
  createRegistry,
  decodeBundle,
  direct,
  encodeBundle,
  mapping,
  modelMap,
  toSpec,
} from '@mapping-networks/core';
import { gaussianRank, lowRank } from '@mapping-networks/low-rank';
import { everything, load, type RuntimeParameterization } from '@mapping-networks/runtime';
import { cnn2, feedForward, mlp } from '@mapping-networks/targets';
import { expect, test } from 'vitest';
import { modelOf } from './support/bundles.ts';

const bind: Parameters<RuntimeParameterization>[2] = (spec, space, constants) => {
  const { use } = spec as { readonly use: 'direct' | 'lowRank' | 'mapping' };
  const kind = everything.parameterizations[use];
  if (kind === undefined) throw new Error(`no ${use}`);
  return kind(spec as { use: string }, space, bind, constants);
};

const inner = mapping({ latentDim: 16 });

test.each([
  ['dense layers', lowRank({ energy: 0.5 }), 2],
  ['all layers', lowRank({ energy: 0.7, layers: 'all', inner }), 4],
  ['within low rank', lowRank({ energy: 0.6, layers: 'all', inner: lowRank({ energy: 0.8, inner }) }), 8],
  ['one that is named', lowRank({ energy: 0.3, layers: ['fc1'] }), 1],
  ['ranks that are given', lowRank({ rank: 3 }), 0],
])('%s: core and runtime count the same', (_what, parameterization) => {
  const target = cnn2();
  const { operations } = modelMap({ target, parameterization });
  expect(bind(toSpec(parameterization), target.impl.parameters, '').operations).toBe(operations);
});

test('a rank of an energy costs more than one that is given', () => {
  const target = mlp({ hidden: [40] });
  const rank = gaussianRank(784, 40, 0.4);
  const operations = (part: ReturnType<typeof lowRank>): number =>
    modelMap({ target, parameterization: part }).operations ?? 0;
  const cost =
    operations(lowRank({ energy: 0.4, layers: ['fc1'] })) - operations(lowRank({ rank: { fc1: rank } }));
  expect(cost).toBe(2 ** 17);
});

const [ROWS, COLUMNS] = [4096, 8192];
/** A product of this rank is as much short of what a file may ask for as 571 ranks cost. */
const RANK = 1489;

const energyOfRank = (rank: number): number => {
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    const found = gaussianRank(ROWS, COLUMNS, middle);
    if (found === rank) return middle;
    [low, high] = found < rank ? [middle, high] : [low, middle];
  }
};

/** One large matrix, and small ones that stay as they are. */
const network = (small: number): object => ({
  use: 'feedForward',
  input: [ROWS],
  layers: [COLUMNS, 2, ...Array.from({ length: small }, () => 2)].map((units) => ({
    type: 'dense',
    units,
    bias: false,
  })),
});

const registry = createRegistry([feedForward, mlp, lowRank, direct]);

test.each([
  [100, 'CORE_UNEXPECTED_TENSOR', 'RUNTIME_INVALID_BUNDLE'],
  [900, 'CORE_BUNDLE_TOO_LARGE', 'RUNTIME_TOO_LARGE'],
])('%d ranks beside a product that is barely allowed: %s, %s', async (small, core, runtime) => {
  const files = encodeBundle(modelOf(mlp({ hidden: [2] }), direct()));
  const config = {
    ...(JSON.parse(files['config.json']) as object),
    target: network(small),
    parameterization: {
      use: 'lowRank',
      energy: energyOfRank(RANK),
      layers: 'dense',
      inner: { use: 'direct' },
    },
  };
  const hostile = { ...files, 'config.json': JSON.stringify(config) };
  expect(() => decodeBundle(hostile, registry)).toThrow(expect.objectContaining({ code: core }));
  await expect(load(hostile, everything)).rejects.toMatchObject({ code: runtime });
});
