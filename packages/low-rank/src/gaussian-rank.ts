// How many singular values of a fresh matrix carry a given part of its energy, from the law of Marchenko and Pastur:
// known from the shape alone, without drawing a matrix.
import { requireArgument, requireWhole } from '@mapping-networks/core';
import { gaussianRank as rankAt } from '@mapping-networks/runtime/canonical';

/** Longest side. */
const MOST = 2 ** 30;

/**
 * The rank at which a matrix of independent Gaussian numbers keeps the part `energy` of its squared singular values, for
 * large matrices: with β = smaller side / larger side, the eigenvalues of W Wᵀ / larger side are 1 + β + 2√β cos φ
 * with density (2/π) sin²φ / (1 + β + 2√β cos φ) in φ, so that their energy has density (2/π) sin²φ.
 *
 * Only + − × ÷ and √ are used, so that the rank is the same on every machine. Source: Marchenko & Pastur 1967.
 *
 * @throws CORE_INVALID_ARGUMENT unless sides are whole numbers of at least 1 and energy is above 0 and at most 1
 * @example
 * ```ts
 * import { gaussianRank } from '@mapping-networks/low-rank';
 * console.log(gaussianRank(800, 128, 0.9), gaussianRank(800, 128, 1)); // 103 128
 * ```
 */
export const gaussianRank = (rows: number, columns: number, energy: number): number => {
  requireWhole('gaussianRank', 'rows', rows, 1, MOST);
  requireWhole('gaussianRank', 'columns', columns, 1, MOST);
  requireEnergy('gaussianRank', energy);
  return rankAt(rows, columns, energy);
};

/** @throws CORE_INVALID_ARGUMENT unless `energy` is above 0 and at most 1 */
export const requireEnergy = (call: string, energy: number): void =>
  requireArgument(energy > 0 && energy <= 1, call, 'energy', 'a number above 0 and at most 1', energy);
