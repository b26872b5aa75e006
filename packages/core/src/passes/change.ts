// How far one array of numbers is from another.

/** Worst and mean |Δ| over all numbers. */
export interface Change {
  readonly worst: number;
  readonly mean: number;
}

/** Both of the same length, at least 1. Sums in float64. */
export const changeOf = (before: ArrayLike<number>, after: ArrayLike<number>): Change => {
  let [worst, total] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    const difference = Math.abs((before[i] ?? 0) - (after[i] ?? 0));
    if (difference > worst) worst = difference;
    total += difference;
  }
  return { worst, mean: total / before.length };
};
