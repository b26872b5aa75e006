// How each class fares, from the confusion matrix: what is found of it, and how far its name can be trusted.
import { requireConfusion, supportOf, type Confusion } from './confusion.ts';

/** Scores of one class against all others. A score that would divide by nothing is absent. */
export interface ClassScores {
  /** Right ones among those predicted to be of this class; absent when none was. */
  readonly precision?: number;
  /** Right ones among those that are of this class; absent when there is none. */
  readonly recall?: number;
  /** 2·right / (2·right + wrongly predicted + missed); absent when the class is neither present nor predicted. */
  readonly f1?: number;
  /** Examples of this class. */
  readonly support: number;
}

/**
 * Precision, recall and F1 of every class, in the order of the classes.
 *
 * @example
 * ```ts
 * import { confusionMatrix, perClass } from '@mapping-networks/report';
 * const [first] = perClass(confusionMatrix([0, 0, 1], [0, 1, 1], 2));
 * console.log(first); // { precision: 1, recall: 0.5, f1: 0.6666666666666666, support: 2 }
 * ```
 */
export const perClass = (confusion: Confusion): ClassScores[] => {
  requireConfusion('perClass', confusion);
  const { classes, counts } = confusion;
  return Array.from({ length: classes }, (_, index) => {
    const right = counts[index * classes + index] ?? 0;
    const support = supportOf(confusion, index);
    const predicted = predictedAs(confusion, index);
    return {
      ...(predicted > 0 ? { precision: right / predicted } : {}),
      ...(support > 0 ? { recall: right / support } : {}),
      ...(support + predicted > 0 ? { f1: (2 * right) / (support + predicted) } : {}),
      support,
    };
  });
};

/** The sum of column `index`. */
const predictedAs = ({ classes, counts }: Confusion, index: number): number =>
  counts.reduce((sum, count, cell) => (cell % classes === index ? sum + count : sum), 0);
