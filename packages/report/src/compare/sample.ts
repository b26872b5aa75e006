// Mean and sample standard deviation of a few numbers.

/** The mean of at least one number. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sample standard deviation, √(Σ(x − x̄)² / (n − 1)); undefined for one number. */
export const deviation = (values: readonly number[]): number | undefined => {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
};
