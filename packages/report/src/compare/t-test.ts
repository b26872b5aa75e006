// Two t-tests for the difference of means. Both refuse numbers that do not scatter: t would divide by zero.
import { requireNumbers } from '../arguments.ts';
import { deviation, mean } from './sample.ts';
import { twoSidedCritical, twoSidedP } from './student-t.ts';

/** What a t-test says of the difference d between two means. */
export interface TTest {
  readonly difference: number;
  /** d / standard error. */
  readonly t: number;
  /** Degrees of freedom; whole for the paired test only. */
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
  /** Half the width of the 95 % confidence interval of d: d ± margin. */
  readonly margin: number;
}

/** Below this share of the numbers themselves, scatter is rounding. The bound that R's t.test uses. */
const rounding = 10 * Number.EPSILON;

const test = (
  difference: number,
  error: number,
  degrees: number,
  values: readonly number[],
): TTest | undefined => {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(error > rounding * scale)) return undefined;
  const t = difference / error;
  const margin = twoSidedCritical(0.05, degrees) * error;
  return { difference, t, degrees, p: twoSidedP(t, degrees), margin };
};

/**
 * Welch's t-test of mean(a) − mean(b), which does not assume equal variances (Welch 1947):
 * t = d / √(s_a²/n_a + s_b²/n_b), degrees of freedom by Welch and Satterthwaite. Undefined when a sample has fewer than
 * two numbers, or when neither scatters.
 *
 * @example
 * ```ts
 * import { welch } from '@mapping-networks/report';
 * console.log(welch([1, 2, 3], [3, 4, 6])?.p); // 0.1020…
 * ```
 */
export const welch = (a: readonly number[], b: readonly number[]): TTest | undefined => {
  requireNumbers('welch', 'a', a);
  requireNumbers('welch', 'b', b);
  const [ofA, ofB] = [deviation(a), deviation(b)];
  if (ofA === undefined || ofB === undefined) return undefined;
  const [u, v] = [ofA ** 2 / a.length, ofB ** 2 / b.length];
  const share = u / (u + v);
  const degrees = 1 / (share ** 2 / (a.length - 1) + (1 - share) ** 2 / (b.length - 1));
  return test(mean(a) - mean(b), Math.sqrt(u + v), degrees, [...a, ...b]);
};

/**
 * The paired t-test of the mean of a_i − b_i, with n − 1 degrees of freedom: for samples that share what makes them
 * scatter, such as the seeds of runs. Undefined for fewer than two pairs, and when the differences do not scatter.
 *
 * @example
 * ```ts
 * import { pairedTTest } from '@mapping-networks/report';
 * console.log(pairedTTest([1, 2, 3], [3, 4, 6])?.t); // -7
 * ```
 */
export const pairedTTest = (a: readonly number[], b: readonly number[]): TTest | undefined => {
  requireNumbers('pairedTTest', 'a', a);
  requireNumbers('pairedTTest', 'b', b);
  const differences = a.slice(0, b.length).map((value, i) => value - (b[i] ?? Number.NaN));
  const spread = deviation(differences);
  if (spread === undefined) return undefined;
  const error = spread / Math.sqrt(differences.length);
  return test(mean(differences), error, differences.length - 1, [...a, ...b]);
};
