// How far a regression is off.
import { requireNumbers } from '../arguments.ts';
import { moments } from './histogram.ts';

/** Errors of a regression: predicted minus true. */
export interface Residuals {
  /** predicted − true, in the order of the examples. */
  readonly errors: Float64Array;
  /** Mean of the errors: whether predictions lie too high or too low. */
  readonly bias: number;
  /** Mean absolute error, and the root of the mean squared one. */
  readonly mae: number;
  readonly rmse: number;
  /** 1 − Σ error² / Σ (true − mean)², at most 1; absent when all true values are equal. */
  readonly r2?: number;
}

/**
 * Errors of predictions against true values, and what they come to.
 *
 * @example
 * ```ts
 * import { residuals } from '@mapping-networks/report';
 * const { mae, r2 } = residuals([1, 2, 3], [1, 2, 4]);
 * console.log(mae.toFixed(3), r2); // 0.333 0.5
 * ```
 */
export const residuals = (labels: ArrayLike<number>, predictions: ArrayLike<number>): Residuals => {
  requireNumbers('residuals', 'labels', labels);
  requireNumbers('residuals', 'predictions', predictions);
  const errors = Float64Array.from(labels, (truth, index) => (predictions[index] ?? Number.NaN) - truth);
  const squares = moments(errors.map((error) => error ** 2)).mean;
  const spread = moments(labels).std ** 2;
  return {
    errors,
    bias: moments(errors).mean,
    mae: moments(errors.map(Math.abs)).mean,
    rmse: Math.sqrt(squares),
    ...(spread > 0 ? { r2: 1 - squares / spread } : {}),
  };
};
