// `lowRank`: chosen matrices are products U V, and another parameterization makes U, V and all other tensors.
import {
  isRecord,
  list,
  oneOf,
  optional,
  real,
  record,
  requireValid,
  text,
  whole,
  type Check,
} from '../files/check.ts';
import { factorsIn, factorSpecs, isMatrix, namedMatrices, rankOperations } from '../low-rank/factors.ts';
import { gaussianRank } from '../low-rank/gaussian-rank.ts';
import type { RankOptions } from '../low-rank/options.ts';
import { factorOperations, multipliedFactors } from '../low-rank/product.ts';
import { placeParameters } from '../space/parameter.ts';
import type { RuntimeParameterization } from './binding.ts';

/** As core has them. */
const MOST_TENSORS = 2 ** 14;
const MOST_NUMBERS = 2 ** 30;

const isRank = whole(1, 2 ** 15);
const isName: Check = (value) => text(value) && value !== '';
const isRanks: Check = (value) =>
  isRecord(value) && list(isName, 1)(Object.keys(value)) && list(isRank)(Object.values(value));

const isLowRank = record({
  use: text,
  inner: () => true,
  rank: optional((value) => isRank(value) || isRanks(value)),
  energy: optional((value) => real(0, 1)(value) && value !== 0),
  layers: (value) => optional(oneOf('dense', 'all'))(value) || list(isName, 1)(value),
});

/**
 * `lowRank` of `@mapping-networks/low-rank`, matrices as products of two smaller ones. For option `parameterizations` of
 * `load`, beside what the inner one needs.
 *
 * @example
 * ```ts
 * import { encodeBundle, mapping, modelMap } from '@mapping-networks/core';
 * import { lowRank as factorized } from '@mapping-networks/low-rank';
 * import { load, lowRank, mlp } from '@mapping-networks/runtime';
 * import { mlp as target } from '@mapping-networks/targets';
 * const inner = mapping({ latentDim: 64 });
 * const parts = { target: target(), parameterization: factorized({ rank: 8, inner }) };
 * const files = encodeBundle({ ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * const network = await load(files, { targets: { mlp }, parameterizations: { lowRank } });
 * console.log(network.theta.length); // 101770
 * ```
 */
export const lowRank: RuntimeParameterization = (spec, space, bind, constants) => {
  const { inner = 'direct', layers = 'dense', ...ranks } = spec as { inner?: unknown } & Partial<RankOptions>;
  const { rank, energy } = ranks;
  const options = { ...ranks, layers };
  const { parameters } = space;
  requireValid(
    isLowRank(spec) &&
      (rank === undefined) !== (energy === undefined) &&
      !(typeof rank === 'object' && layers !== 'dense'),
    'lowRank',
  );
  const matrices = parameters.filter(isMatrix);
  const known = new Set(matrices.flatMap(({ name, layer }) => [name, layer]));
  const factors = factorsIn(space, options, (matrix, part) =>
    gaussianRank(matrix.rows, matrix.columns, part),
  );
  const placed = placeParameters(factorSpecs(space, factors));
  const count = placed.parameters.length;
  requireValid(
    (namedMatrices(options) ?? []).every((name) => known.has(name)) &&
      factors.every((factor) => !factor.named || factor.rank <= Math.min(factor.rows, factor.columns)) &&
      factors.length > 0 &&
      count <= MOST_TENSORS &&
      new Set(placed.parameters.map(({ name }) => name)).size === count &&
      placed.size <= MOST_NUMBERS,
    'lowRank',
  );
  const map = bind(inner, placed, `${constants}inner/`);
  return {
    ...map,
    operations: map.operations + rankOperations(space, options) + factorOperations(factors),
    generate: (tensors) => multipliedFactors(space, factors, map.generate(tensors)),
  };
};
