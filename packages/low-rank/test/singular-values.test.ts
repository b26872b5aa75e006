// Singular values of matrices that WᵀW alone says little of: small ones beside large ones, and more columns than rank.
import { float32, normal, randomKey, type ArrayTensor } from '@mapping-networks/core';
import { truncatedSvd } from '@mapping-networks/low-rank';
import { Matrix, QrDecomposition, SVD } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { jacobiSingularValues } from './support/jacobi.ts';

const random = (rows: number, columns: number, seed: number): Matrix =>
  Matrix.from1DArray(rows, columns, normal(randomKey(seed, 'singular values'), rows * columns));

const orthonormal = (rows: number, columns: number, seed: number): Matrix =>
  new QrDecomposition(random(rows, columns, seed)).orthogonalMatrix;

const tensor = (matrix: Matrix): ArrayTensor =>
  float32(Float32Array.from(matrix.to1DArray()), [matrix.rows, matrix.columns]);

/** A matrix of these singular values, but for its rounding to float32. */
const withValues = (rows: number, columns: number, values: readonly number[]): ArrayTensor => {
  const left = orthonormal(rows, values.length, 1).mmul(Matrix.diag([...values]));
  return tensor(left.mmul(orthonormal(columns, values.length, 2).transpose()));
};

const decades = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)));

describe.each([
  ['over seven decades', withValues(48, 30, decades(0, -7, 30))],
  ['over seven decades, wide', withValues(24, 40, decades(3, -4, 24))],
  ['two sizes far apart', withValues(40, 24, [...decades(0, -0.5, 4), ...decades(-6, -6.5, 20)])],
  [
    'equal ones',
    withValues(
      30,
      20,
      Array.from({ length: 20 }, () => 2),
    ),
  ],
  ['a product of rank 5, rounded', tensor(random(60, 5, 3).mmul(random(5, 40, 4)))],
  ['large numbers', withValues(20, 12, decades(36, 30, 12))],
  ['tiny numbers', withValues(20, 12, decades(-28, -34, 12))],
  ['columns that repeat', tensor(random(20, 4, 5).repeat({ columns: 3 }))],
])('%s', (_what, w) => {
  const [rows = 0, columns = 0] = w.shape;
  const reference = jacobiSingularValues(rows, columns, w.data);
  const largest = reference[0] ?? Number.NaN;
  const rank = Math.min(rows, columns);
  const { singularValues, u, v } = truncatedSvd(w, { rank });

  test('singular values are those of Jacobi, to a rounding error of the largest', () => {
    singularValues.forEach((value, i) =>
      expect(Math.abs(value - (reference[i] ?? Number.NaN)) / largest).toBeLessThan(1e-14),
    );
  });

  test('U V is the matrix, as close as float32 tells', () => {
    const product = Matrix.from1DArray(rows, rank, u.data).mmul(Matrix.from1DArray(rank, columns, v.data));
    const off = product.sub(Matrix.from1DArray(rows, columns, w.data)).norm('frobenius');
    expect(off / largest).toBeLessThan(1e-6);
  });

  test('columns of U, and rows of V, are orthogonal where singular values are more than rounding errors', () => {
    const some = Array.from(singularValues).filter((value) => value > 1e-7 * largest);
    const roots = Matrix.diag(some.map((value) => 1 / Math.sqrt(value)));
    const left = Matrix.from1DArray(rows, rank, u.data)
      .subMatrix(0, rows - 1, 0, some.length - 1)
      .mmul(roots);
    const right = roots.mmul(
      Matrix.from1DArray(rank, columns, v.data).subMatrix(0, some.length - 1, 0, columns - 1),
    );
    const unit = Matrix.eye(some.length);
    expect(left.transpose().mmul(left).sub(unit).abs().max()).toBeLessThan(1e-6);
    expect(right.mmul(right.transpose()).sub(unit).abs().max()).toBeLessThan(1e-6);
  });
});

test('a layer of 300×120 has the singular values that another library gives it', () => {
  const matrix = random(300, 120, 6);
  const reference = new SVD(matrix).diagonal;
  const { singularValues } = truncatedSvd(tensor(matrix), { rank: 1 });
  singularValues.forEach((value, i) => expect(Math.abs(value / (reference[i] ?? 0) - 1)).toBeLessThan(1e-13));
});
