// Which classes are taken for which: counts of true against predicted class, and the worst pairs of them.
import { requireArgument, requireWhole } from '@mapping-networks/core';
import { requireNumbers } from '../arguments.ts';

/** How often examples of one class were given each class. */
export interface Confusion {
  /** How many classes there are, c. */
  readonly classes: number;
  /** `[c, c]` in row-major order: rows are true classes, columns predicted ones. */
  readonly counts: Uint32Array;
  /** How many examples were counted; the sum of `counts`. */
  readonly total: number;
}

/** Examples of class `truth` that were taken for class `predicted`. */
export interface ConfusedPair {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
  /** count / examples of class `truth`, in (0, 1]. */
  readonly share: number;
}

/**
 * Counts every pair of true and predicted class; both are indices below `classes`, others are not counted.
 *
 * @example
 * ```ts
 * import { confusionMatrix } from '@mapping-networks/report';
 * const { counts } = confusionMatrix([0, 0, 1], [0, 1, 1], 2);
 * console.log(counts); // Uint32Array [1, 1, 0, 1]
 * ```
 */
export const confusionMatrix = (
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): Confusion => {
  requireNumbers('confusionMatrix', 'labels', labels);
  requireNumbers('confusionMatrix', 'predicted', predicted);
  requireWhole('confusionMatrix', 'classes', classes, 1, 10_000);
  const counts = new Uint32Array(classes * classes);
  const isClass = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value >= 0 && value < classes;
  let total = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const [row, column] = [labels[i], predicted[i]];
    if (!isClass(row) || !isClass(column)) continue;
    const cell = row * classes + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
    total += 1;
  }
  return { classes, counts, total };
};

/** @throws CORE_INVALID_ARGUMENT unless `confusion` looks like what `confusionMatrix` returns */
export const requireConfusion = (call: string, confusion: Confusion): void =>
  requireArgument(
    ArrayBuffer.isView(confusion?.counts),
    call,
    'confusion',
    'what confusionMatrix returns',
    confusion,
  );

/** The sum of row `truth`: how many examples that class has. */
export const supportOf = ({ classes, counts }: Confusion, truth: number): number =>
  counts.subarray(truth * classes, (truth + 1) * classes).reduce((sum, count) => sum + count, 0);

/**
 * The pairs of different classes that were confused most often, the worst first; at most `limit`.
 *
 * @example
 * ```ts
 * import { confusionMatrix, mostConfused } from '@mapping-networks/report';
 * const confusion = confusionMatrix([0, 0, 0, 1], [1, 1, 0, 0], 2);
 * console.log(mostConfused(confusion, 1)[0]?.count); // 2
 * ```
 */
export const mostConfused = (confusion: Confusion, limit: number): ConfusedPair[] => {
  requireConfusion('mostConfused', confusion);
  const { classes, counts } = confusion;
  return Array.from(counts, (count, cell) => ({
    truth: Math.floor(cell / classes),
    predicted: cell % classes,
    count,
  }))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted)
    .slice(0, limit)
    .map((pair) => ({ ...pair, share: pair.count / supportOf(confusion, pair.truth) }));
};
