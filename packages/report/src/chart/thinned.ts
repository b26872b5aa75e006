// Thousands of noisy steps become a readable curve: in equal bins of steps, the mean and the middle 80 % of the values.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One bin of points: mean place, mean value, and the 10th and 90th percentile of its values. */
export interface Bin extends Point {
  readonly low: number;
  readonly high: number;
}

/** The value below which a share of the sorted values lies: the nearest rank, without making up values. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Points in order of x, thinned to at most `bins`; those that are not finite are left out. */
export const thinned = (points: readonly Point[], bins: number): Bin[] => {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const size = Math.max(1, Math.ceil(finite.length / bins));
  const length = Math.ceil(finite.length / size);
  // A short last bin would be all noise, where the eye rests: sizes differ by one at most.
  const from = (index: number): number => Math.floor((index * finite.length) / length);
  return Array.from({ length }, (_, index) => {
    const members = finite.slice(from(index), from(index + 1));
    const values = members.map(({ y }) => y).toSorted((a, b) => a - b);
    return {
      x: meanOf(members.map(({ x }) => x)),
      y: meanOf(values),
      low: percentile(values, 0.1),
      high: percentile(values, 0.9),
    };
  });
};
