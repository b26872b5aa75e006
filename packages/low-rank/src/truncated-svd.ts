// The closest matrix of a lower rank, as a product of two.
import { float32, requireArgument, requireWhole, sizeOf, type ArrayTensor } from '@mapping-networks/core';
import { Matrix, QrDecomposition, SVD } from 'ml-matrix';
import { notFinite, rankOrEnergy } from './errors.ts';
import { requireEnergy } from './gaussian-rank.ts';
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
 * computed in float64. √Σ goes to both sides, so that U and V are of one size. A tensor of more than two sides is a matrix of
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
  // The iteration does not end on what is not finite.
  if (!matrix.data.every(Number.isFinite)) throw notFinite('The matrix');
  const svd = decomposed(Matrix.from1DArray(rows, columns, matrix.data));
  const { singularValues } = svd;
  const chosen = rank ?? rankByEnergy(singularValues, energy);
  return {
    rank: chosen,
    ...factorsOf(svd, chosen),
    singularValues,
    energy: keptEnergy(singularValues, chosen),
  };
};

/** W = left · diag(singularValues) · rightᵀ, columns of `left` and `right` orthonormal. */
interface Decomposition {
  readonly left: Matrix;
  readonly singularValues: Float64Array;
  readonly right: Matrix;
}

const decomposed = (matrix: Matrix): Decomposition => {
  const { rows, columns } = matrix;
  if (rows < columns) {
    const { left, singularValues, right } = decomposed(matrix.transpose());
    return { left: right, singularValues, right: left };
  }
  // A tall matrix by way of R, which has the same singular values and is far smaller (Chan 1982).
  const qr = rows >= 2 * columns ? new QrDecomposition(matrix) : undefined;
  const svd = new SVD(qr?.upperTriangularMatrix ?? matrix);
  return {
    left: qr?.orthogonalMatrix.mmul(svd.leftSingularVectors) ?? svd.leftSingularVectors,
    singularValues: Float64Array.from(svd.diagonal),
    right: svd.rightSingularVectors,
  };
};

const factorsOf = (
  { left, singularValues, right }: Decomposition,
  rank: number,
): Pick<TruncatedSvd, 'u' | 'v'> => {
  const u = new Float32Array(left.rows * rank);
  const v = new Float32Array(rank * right.rows);
  for (let k = 0; k < rank; k++) {
    const root = Math.sqrt(singularValues[k] as number);
    for (let i = 0; i < left.rows; i++) u[i * rank + k] = root * left.get(i, k);
    for (let j = 0; j < right.rows; j++) v[k * right.rows + j] = root * right.get(j, k);
  }
  return { u: float32(u, [left.rows, rank]), v: float32(v, [rank, right.rows]) };
};

const sidesOf = (matrix: ArrayTensor): readonly [number, number] => {
  const { shape, data } = matrix ?? {};
  const fits = Array.isArray(shape) && shape.length >= 2 && data?.length === sizeOf(shape) && data.length > 0;
  requireArgument(fits, 'truncatedSvd', 'matrix', 'an array of at least two sides, none of them 0', matrix);
  const columns = shape.at(-1) as number;
  return [data.length / columns, columns];
};
