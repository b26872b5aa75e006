// Which tensors of a space become U V: as runtime chooses them, with what users get wrong explained.
import type { ParameterSpace } from '@mapping-networks/core';
import {
  factorsIn,
  isMatrix,
  namedMatrices,
  type Factor,
  type Matrix,
} from '@mapping-networks/runtime/canonical';
import { notAMatrix, nothingToFactorize, rankTooLarge, unknownLayer } from './errors.ts';
import type { RankOptions } from './options.ts';

/**
 * The matrices of a space that are factorized, in its order. `rankOf` says the rank at which a matrix keeps an energy; it
 * is asked only where the options give an energy.
 *
 * @throws LOW_RANK_UNKNOWN_LAYER, LOW_RANK_NOT_A_MATRIX, LOW_RANK_RANK_TOO_LARGE, LOW_RANK_NOTHING_TO_FACTORIZE
 */
export const factorsOf = (
  space: ParameterSpace,
  options: RankOptions,
  rankOf: (matrix: Matrix, energy: number) => number,
): readonly Factor[] => {
  for (const name of namedMatrices(options) ?? []) requireMatrixIn(space, name);
  const factors = factorsIn(space, options, rankOf);
  for (const factor of factors) if (factor.named) requireWithinRank(factor);
  if (factors.length === 0) throw nothingToFactorize();
  return factors;
};

const requireWithinRank = (factor: Factor): void => {
  if (factor.rank > Math.min(factor.rows, factor.columns))
    throw rankTooLarge(factor.parameter.name, factor.rank, factor);
};

const requireMatrixIn = (space: ParameterSpace, name: string): void => {
  const named = space.parameters.filter((parameter) => [parameter.name, parameter.layer].includes(name));
  if (named.length === 0) {
    const layers = space.layers.filter(({ parameters }) => parameters.some(isMatrix));
    throw unknownLayer(
      name,
      layers.map(({ layer }) => layer),
    );
  }
  if (!named.some(isMatrix)) throw notAMatrix(name);
};
