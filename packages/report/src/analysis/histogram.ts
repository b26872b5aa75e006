// How values are spread: counts in equal bins, and mean and standard deviation.
import { requireNumbers, requireParts } from '../arguments.ts';

/** Values counted in bins of equal width. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  /** One count for each bin of equal width; a value at `to` belongs to the last. */
  readonly counts: Uint32Array;
  /** Finite values below `from` and above `to`. */
  readonly below: number;
  readonly above: number;
}

/**
 * Counts the values in `bins` equal bins between `from` and `to`; values that are not finite are left out.
 *
 * @example
 * ```ts
 * import { histogram } from '@mapping-networks/report';
 * console.log(histogram([0, 0.1, 0.9, 1, 7], 0, 1, 2).counts); // Uint32Array [2, 2]
 * ```
 */
export const histogram = (values: ArrayLike<number>, from: number, to: number, bins: number): Histogram => {
  requireNumbers('histogram', 'values', values);
  requireParts('histogram', 'bins', bins);
  const counts = new Uint32Array(bins);
  let [below, above] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (value < from) below += 1;
    else if (value > to) above += 1;
    else {
      const bin = Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins) || 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { from, to, counts, below, above };
};

/** Mean and standard deviation (over n) of the finite values, and the least and greatest of them. */
export interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly least: number;
  readonly most: number;
  /** How many values are finite; with 0 of them the other figures are 0. */
  readonly count: number;
}

/**
 * Mean, standard deviation, least and greatest value, in two passes so that a large mean costs no digits.
 *
 * @example
 * ```ts
 * import { moments } from '@mapping-networks/report';
 * console.log(moments([1, 2, 3, 4]).mean); // 2.5
 * ```
 */
export const moments = (values: ArrayLike<number>): Moments => {
  requireNumbers('moments', 'values', values);
  let [count, sum] = [0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    count += 1;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (count === 0) return { mean: 0, std: 0, least: 0, most: 0, count };
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { mean, std: Math.sqrt(squares / count), least, most, count };
};
