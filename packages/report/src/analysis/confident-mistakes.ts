// The mistakes that a network is surest of: where it, or the label, is most wrong.
import { requireNumbers } from '../arguments.ts';
import { predictedClasses } from './predicted-classes.ts';

/** An example that was classified wrongly. */
export interface Mistake {
  /** Which example. */
  readonly index: number;
  readonly truth: number;
  readonly predicted: number;
  /** Of the predicted class, and of the true one. */
  readonly probability: number;
  readonly truthProbability: number;
}

/**
 * The examples that were classified wrongly, the most confident mistake first; at most `limit`, all by default.
 *
 * @example
 * ```ts
 * import { confidentMistakes } from '@mapping-networks/report';
 * const probabilities = Float32Array.of(0.25, 0.75, 0.5, 0.5, 1, 0);
 * console.log(confidentMistakes(probabilities, [0, 0, 1]).map(({ index }) => index)); // [2, 0]
 * ```
 */
export const confidentMistakes = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  limit: number = Number.POSITIVE_INFINITY,
): Mistake[] => {
  requireNumbers('confidentMistakes', 'probabilities', probabilities);
  requireNumbers('confidentMistakes', 'labels', labels);
  const classes = labels.length === 0 ? 1 : probabilities.length / labels.length;
  const at = (index: number, k: number): number => probabilities[index * classes + k] ?? 0;
  return Array.from(predictedClasses(probabilities, classes), (predicted, index) => {
    const truth = labels[index] ?? -1;
    const shares = { probability: at(index, predicted), truthProbability: truth < 0 ? 0 : at(index, truth) };
    return { index, truth, predicted, ...shares };
  })
    .filter(({ truth, predicted }) => truth !== predicted)
    .toSorted((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, limit);
};
