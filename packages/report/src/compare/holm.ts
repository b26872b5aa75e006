// Several tests at once: each may be a false alarm, and with more tests one of them likely is.
import { requireNumbers } from '../arguments.ts';

/**
 * p-values adjusted by Holm's step-down method (Holm 1979): the i-th smallest of m is multiplied by m − i + 1, kept in
 * order, and cut at 1. Rejecting what stays below α keeps the chance of any false alarm below α.
 *
 * @example
 * ```ts
 * import { holm } from '@mapping-networks/report';
 * console.log(holm([0.01, 0.04, 0.03])); // [0.03, 0.06, 0.06]
 * ```
 */
export const holm = (ps: readonly number[]): readonly number[] => {
  requireNumbers('holm', 'ps', ps);
  const adjusted = ps.map(() => 1);
  let least = 0;
  ps.map((p, index) => ({ p, index }))
    .toSorted((a, b) => a.p - b.p)
    .forEach(({ p, index }, rank) => {
      least = Math.min(1, Math.max(least, p * (ps.length - rank)));
      adjusted[index] = least;
    });
  return adjusted;
};
