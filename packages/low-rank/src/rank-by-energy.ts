// How many singular values it takes to keep a part of their squares.
import { requireArgument } from '@mapping-networks/core';
import { requireEnergy } from './gaussian-rank.ts';

/**
 * The lowest rank, at least 1, whose singular values hold the part `energy` of the sum of all squares: by Eckart and Young
 * the closest matrix of rank r is off by the root of what is left out. `gaussianRank` is the same for a fresh matrix.
 *
 * @throws CORE_INVALID_ARGUMENT unless there are singular values, finite and in falling order, and energy is above 0 and
 * at most 1
 * @example
 * ```ts
 * import { rankByEnergy } from '@mapping-networks/low-rank';
 * console.log(rankByEnergy([3, 2, 1], 0.9), rankByEnergy([3, 2, 1], 0.95)); // 2 3
 * ```
 */
export const rankByEnergy = (singularValues: ArrayLike<number>, energy: number): number => {
  requireSingularValues('rankByEnergy', singularValues);
  requireEnergy('rankByEnergy', energy);
  // From the smallest up, so that small ones are not lost beside large ones.
  const dropped = tails(singularValues);
  const all = dropped[0] as number;
  let rank = singularValues.length;
  while (rank > 1 && (dropped[rank - 1] as number) <= (1 - energy) * all) rank -= 1;
  return rank;
};

/** The part of the squared singular values that the first `rank` hold; 1 where all are 0. */
export const keptEnergy = (singularValues: ArrayLike<number>, rank: number): number => {
  const dropped = tails(singularValues);
  const all = dropped[0] as number;
  return all === 0 ? 1 : 1 - (dropped[rank] as number) / all;
};

/** Σ of the squares from each index on, and 0 at the end. */
const tails = (singularValues: ArrayLike<number>): Float64Array => {
  const sums = new Float64Array(singularValues.length + 1);
  for (let i = singularValues.length - 1; i >= 0; i--)
    sums[i] = (sums[i + 1] as number) + (singularValues[i] as number) ** 2;
  return sums;
};

const requireSingularValues = (call: string, values: ArrayLike<number>): void => {
  const list = Array.from(values ?? []);
  const fits = list.every(
    (value, i) => Number.isFinite(value) && value >= 0 && value <= (list[i - 1] ?? Infinity),
  );
  requireArgument(
    list.length > 0 && fits,
    call,
    'singularValues',
    'finite numbers of at least 0, the largest first',
    values,
  );
};
