// Statistics of normals, permutations and subsets, as deviates like those of statistics.ts.
import { chiSquareDeviate, evenness } from './statistics.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean, variance, skewness and kurtosis of a sample, each in units of its standard error under N(0, 1). */
export const momentDeviates = (
  sample: Float32Array,
): Record<'mean' | 'variance' | 'skewness' | 'kurtosis', number> => {
  const values = Array.from(sample);
  const root = Math.sqrt(values.length);
  return {
    mean: mean(values) * root,
    variance: ((mean(values.map((x) => x * x)) - 1) * root) / Math.SQRT2,
    skewness: (mean(values.map((x) => x ** 3)) * root) / Math.sqrt(15),
    kurtosis: ((mean(values.map((x) => x ** 4)) - 3) * root) / Math.sqrt(96),
  };
};

/** Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/15 + …) (Marsaglia 2004). */
const normalCdf = (x: number): number => {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) sum += term = (term * x * x) / k;
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
};

/** √n times the largest distance of the empirical distribution from Φ; above 2.4 once in 100,000 (Kolmogorov). */
export const kolmogorovSmirnov = (sample: Float32Array): number => {
  const sorted = sample.toSorted();
  const n = sorted.length;
  let worst = 0;
  sorted.forEach((x, i) => {
    const p = normalCdf(x);
    worst = Math.max(worst, p - i / n, (i + 1) / n - p);
  });
  return worst * Math.sqrt(n);
};

/** Correlation of two samples of zero mean and unit variance, in standard deviations. */
export const correlationDeviate = (a: Float32Array, b: Float32Array): number =>
  mean(Array.from(a, (x, i) => x * (b[i] ?? 0))) * Math.sqrt(a.length);

/** How evenly `draw(0), draw(1), …` give all orders of four things. */
export const orderDeviate = (draw: (n: number, size: number) => Int32Array): number => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 24_000; n++) {
    const order = draw(n, 4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return evenness(Array.from({ length: 24 }, (_, i) => [...counts.values()][i] ?? 0));
};

/** How evenly entries 0 … 49 of permutations of fifty land on all places. */
export const placeDeviate = (draw: (n: number, size: number) => Int32Array): number => {
  const [size, draws] = [50, 20_000];
  const counts = new Uint32Array(size * size);
  for (let n = 0; n < draws; n++) {
    draw(n, size).forEach(
      (value, place) => (counts[place * size + value] = (counts[place * size + value] ?? 0) + 1),
    );
  }
  const expected = draws / size;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return chiSquareDeviate(chiSquare, (size - 1) ** 2);
};

/** How evenly subsets include single elements, and pairs of elements. */
export const inclusionDeviates = (
  draw: (n: number, size: number, count: number) => Int32Array,
  size: number,
  count: number,
): { singles: number; pairs: number } => {
  const draws = 20_000;
  const singles = new Uint32Array(size);
  const pairs = new Uint32Array(size * size);
  for (let n = 0; n < draws; n++) {
    const members = draw(n, size, count);
    members.forEach((a) => {
      singles[a] = (singles[a] ?? 0) + 1;
      members.forEach((b) => (pairs[a * size + b] = (pairs[a * size + b] ?? 0) + 1));
    });
  }
  // Drawn without replacement, the variance of a single count is draws·p·(1 − p), and the counts are tied to one sum.
  const p = count / size;
  const singleChi = singles.reduce((sum, c) => sum + (c - draws * p) ** 2 / (draws * p * (1 - p)), 0);
  const q = (p * (count - 1)) / (size - 1);
  const worst = pairs.reduce((most, c, i) => {
    const same = Math.floor(i / size) === i % size;
    return same ? most : Math.max(most, Math.abs(c - draws * q) / Math.sqrt(draws * q * (1 - q)));
  }, 0);
  return { singles: chiSquareDeviate((singleChi * (size - 1)) / size, size - 1), pairs: worst };
};
