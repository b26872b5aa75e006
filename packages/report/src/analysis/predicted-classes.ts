// From probabilities to decisions.
import { requireNumbers, requireParts } from '../arguments.ts';

/**
 * The most probable class of every row of `[n, classes]` probabilities; the first of equals.
 *
 * @example
 * ```ts
 * import { predictedClasses } from '@mapping-networks/report';
 * console.log(predictedClasses(Float32Array.of(0.2, 0.8, 0.6, 0.4), 2)); // Int32Array [1, 0]
 * ```
 */
export const predictedClasses = (probabilities: Float32Array, classes: number): Int32Array => {
  requireNumbers('predictedClasses', 'probabilities', probabilities);
  requireParts('predictedClasses', 'classes', classes);
  return Int32Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k += 1) {
      if ((probabilities[row * classes + k] ?? 0) > (probabilities[row * classes + best] ?? 0)) best = k;
    }
    return best;
  });
};
