// The closest matrix of a lower rank, as a product of two.
import { float32, requireArgument, requireWhole, sizeOf, type ArrayTensor } from '@mapping-networks/core';
import { notFinite, rankOrEnergy } from './errors.ts';
import { requireEnergy } from './gaussian-rank.ts';
import { columnsOf, lengthOf, orthogonalColumns, transposed, type Columns } from './orthogonal-columns.ts';
import { keptEnergy, rankByEnergy } from './rank-by-energy.ts';

/** A matrix of rank r as U V, and the singular values of the matrix that it stands for. */
export interface TruncatedSvd {
  readonly rank: number;
  /** Left singular vectors times √σ, `[rows, rank]`. */
  readonly u: ArrayTensor;
  /** √σ times right singular vectors, `[rank, columns]`. */
  readonly v: ArrayTensor;
  /** All of them, the largest first. */
  readonly singularValues: Float64Array;
  /** The part of their squares that U V keeps. */
  readonly energy: number;
}

/** Either a rank, or the part of the squared singular values that is kept at least. */
export type Truncation =
  | { readonly rank: number; readonly energy?: never }
  | { readonly energy: number; readonly rank?: never };

/**
 * U V of rank r closest to a matrix in the sense of Frobenius: ‖W − U V‖² = σ²_{r+1} + σ²_{r+2} + … (Eckart & Young 1936),
 * computed in float64 and to its precision. √Σ goes to both sides, so that U and V are of one size. A tensor of more than two sides is a matrix of
 * all but the last × the last. Takes O(rows · columns · smaller side).
 *
 * @throws CORE_INVALID_ARGUMENT, LOW_RANK_RANK_OR_ENERGY; LOW_RANK_NOT_FINITE for a matrix with NaN or infinity
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { truncatedSvd } from '@mapping-networks/low-rank';
 * const { singularValues, energy, u } = truncatedSvd(float32(Float32Array.of(3, 0, 0, 4), [2, 2]), { rank: 1 });
 * console.log(singularValues, energy, u.shape); // Float64Array [4, 3] 0.64 [2, 1]
 * ```
 */
export const truncatedSvd = (matrix: ArrayTensor, truncation: Truncation): TruncatedSvd => {
  const [rows, columns] = sidesOf(matrix);
  const { rank, energy } = truncation ?? {};
  if ((rank === undefined) === (energy === undefined))
    throw rankOrEnergy('truncatedSvd', rank === undefined ? 'neither' : 'both');
  if (rank !== undefined) requireWhole('truncatedSvd', 'rank', rank, 1, Math.min(rows, columns));
  if (energy !== undefined) requireEnergy('truncatedSvd', energy);
  // No iteration ends on what is not finite.
  if (!matrix.data.every(Number.isFinite)) throw notFinite('The matrix');
  const wide = rows < columns;
  const given = columnsOf(matrix.data, columns);
  const { columns: long, rotation } = orthogonalColumns(wide ? transposed(given) : given);
  const singularValues = Float64Array.from(long, lengthOf);
  const chosen = rank ?? rankByEnergy(singularValues, energy);
  // A column of `long` has the length σ, one of `rotation` 1: both get √σ.
  const roots = singularValues.subarray(0, chosen).map(Math.sqrt);
  const shorter = roots.map((root) => (root === 0 ? 0 : 1 / root));
  const [left, right] = wide ? [rotation, long] : [long, rotation];
  return {
    rank: chosen,
    u: asColumns(left, wide ? roots : shorter, rows),
    v: asRows(right, wide ? shorter : roots, columns),
    singularValues,
    energy: keptEnergy(singularValues, chosen),
  };
};

/** The first vectors, as many as there are factors, each times its own, as the columns of a matrix; or as its rows. */
const asColumns = (vectors: Columns, factors: Float64Array, rows: number): ArrayTensor => {
  const data = new Float32Array(rows * factors.length);
  factors.forEach((factor, k) =>
    vectors[k]?.forEach((value, i) => (data[i * factors.length + k] = factor * value)),
  );
  return float32(data, [rows, factors.length]);
};

const asRows = (vectors: Columns, factors: Float64Array, columns: number): ArrayTensor => {
  const data = new Float32Array(columns * factors.length);
  factors.forEach((factor, k) =>
    data.set(
      (vectors[k] ?? []).map((value) => factor * value),
      k * columns,
    ),
  );
  return float32(data, [factors.length, columns]);
};

const sidesOf = (matrix: ArrayTensor): readonly [number, number] => {
  const { shape, data } = matrix ?? {};
  const fits = Array.isArray(shape) && shape.length >= 2 && data?.length === sizeOf(shape) && data.length > 0;
  requireArgument(fits, 'truncatedSvd', 'matrix', 'an array of at least two sides, none of them 0', matrix);
  const columns = shape.at(-1) as number;
  return [data.length / columns, columns];
};
