// The plane in which a few points of a large space lie best: principal components of n points of m coordinates, n ≪ m,
// from the n × n Gram matrix of the centred points, whose eigenvectors are the scores (up to their length).
import { requireArgument } from '@mapping-networks/core';
import { requireNumbers } from '../arguments.ts';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { notFinite } from '../errors.ts';

/** Points in the plane of their two widest directions. */
export interface PrincipalComponents {
  /** One row for each point: its coordinates along the components, the widest first. */
  readonly scores: readonly (readonly number[])[];
  /** The share of the variance that each component explains, falling, of sum ≤ 1; 0 when all points are one. */
  readonly explained: readonly number[];
}

/** The points about their mean, in float64. */
const centred = (points: readonly ArrayLike<number>[]): readonly Float64Array[] => {
  const rows = points.map((point) => Float64Array.from(point));
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let c = 0; c < mean.length; c += 1) mean[c]! += (row[c] ?? 0) / rows.length;
  for (const row of rows) for (let c = 0; c < mean.length; c += 1) row[c]! -= mean[c] ?? 0;
  return rows;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let c = 0; c < a.length; c += 1) sum += (a[c] ?? 0) * (b[c] ?? 0);
  return sum;
};

/** ⟨xᵢ − x̄, xⱼ − x̄⟩ for all pairs. */
const gramOf = (rows: readonly Float64Array[]): Matrix => {
  const gram = Matrix.zeros(rows.length, rows.length);
  rows.forEach((row, i) =>
    rows.slice(0, i + 1).forEach((other, j) => {
      const product = dot(row, other);
      gram.set(i, j, product);
      gram.set(j, i, product);
    }),
  );
  return gram;
};

/**
 * The first `count` principal components of points of equal length. The sign of a component is free: it is chosen so
 * that the last point lies on the positive side.
 *
 * @throws REPORT_NOT_FINITE when a coordinate is not finite
 * @example
 * ```ts
 * import { principalComponents } from '@mapping-networks/report';
 * const { explained } = principalComponents([[0, 0], [1, 1], [2, 2]], 2);
 * console.log(explained[0]?.toFixed(3)); // 1.000
 * ```
 */
export const principalComponents = (points: readonly ArrayLike<number>[], count = 2): PrincipalComponents => {
  requireArgument(Array.isArray(points), 'principalComponents', 'points', 'a list of points', points);
  for (const point of points) requireNumbers('principalComponents', 'points', point);
  if (points.length === 0) return { scores: [], explained: [] };
  const gram = gramOf(centred(points));
  const total = gram.trace();
  if (!Number.isFinite(total)) throw notFinite();
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const widest = realEigenvalues
    .map((value, index) => ({ value: Math.max(0, value), index }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, count);
  const signs = widest.map(({ index }) => (eigenvectorMatrix.get(points.length - 1, index) < 0 ? -1 : 1));
  return {
    scores: points.map((_, row) =>
      widest.map(
        ({ value, index }, k) => (signs[k] ?? 1) * Math.sqrt(value) * eigenvectorMatrix.get(row, index),
      ),
    ),
    explained: widest.map(({ value }) => (total > 0 ? Math.min(1, value / total) : 0)),
  };
};
