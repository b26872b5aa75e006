// The paper's map in plain loops: a semi-orthogonal W of P·d numbers, and products with it.
import { childKey, type RandomKey } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { oneHotProject, oneHotTable } from './one-hot.ts';

/** Entries that W may have: 2²⁷ are half a gigabyte. */
export const MOST_DENSE_ENTRIES: number = 2 ** 27;

/**
 * A P × d matrix, row-major, with WᵀW = (P/d)·I: normal columns made orthonormal by modified Gram-Schmidt (twice, which
 * suffices in float64: Giraud, Langou & Rozložník 2005), scaled, rounded once. Square ones are signed permutations.
 */
export const denseMatrix = (rows: number, columns: number, key: RandomKey): Float32Array => {
  if (rows === columns) return signedPermutation(rows, key);
  const basis: Float64Array[] = [];
  for (let c = 0; c < columns; c++) {
    const column = Float64Array.from(normal(childKey(key, 'column', c), rows));
    for (const direction of [...basis, ...basis]) subtractProjection(column, direction);
    const norm = Math.sqrt(dot(column, column));
    basis.push(column.map((value) => value / norm));
  }
  const scale = Math.sqrt(rows / columns);
  const out = new Float32Array(rows * columns);
  basis.forEach((column, c) => {
    for (let r = 0; r < rows; r++) out[r * columns + c] = (column[r] as number) * scale;
  });
  return out;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

const subtractProjection = (column: Float64Array, direction: Float64Array): void => {
  const share = dot(column, direction);
  for (let i = 0; i < column.length; i++)
    column[i] = (column[i] as number) - share * (direction[i] as number);
};

const signedPermutation = (size: number, key: RandomKey): Float32Array => {
  const out = new Float32Array(size * size);
  const places = Float32Array.from({ length: size }, (_, i) => i + 1);
  const order = oneHotProject(oneHotTable(size, key), places, 0, size);
  order.forEach((signed, row) => (out[row * size + Math.abs(signed) - 1] = Math.sign(signed)));
  return out;
};

/** W z in float32, products and sums rounded in the order of the rows. */
export const denseProject = (w: ArrayLike<number>, z: Float32Array): Float32Array => {
  const columns = z.length;
  const out = new Float32Array(w.length / columns);
  for (let r = 0; r < out.length; r++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      sum = Math.fround(sum + Math.fround((w[r * columns + c] as number) * (z[c] as number)));
    }
    out[r] = sum;
  }
  return out;
};

/** Wᵀ g in float32. */
export const denseAdjoint = (w: ArrayLike<number>, columns: number, g: Float32Array): Float32Array => {
  const out = new Float32Array(columns);
  for (let r = 0; r < g.length; r++) {
    for (let c = 0; c < columns; c++) {
      out[c] = (out[c] as number) + Math.fround((w[r * columns + c] as number) * (g[r] as number));
    }
  }
  return out;
};

/** What W costs to make, in operations of about a nanosecond: twice orthogonal to all columns before, for every column. */
export const denseOperations = (rows: number, columns: number): number =>
  rows === columns ? 500 * rows * columns : 20 * rows * columns * columns;
