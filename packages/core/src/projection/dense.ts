// The paper's map: a stored, semi-orthogonal W. P·d numbers, so for small P, for training W itself, and as the
// reference in tests.
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { BoundProjection } from '../contracts/projection.ts';
import { denseTooLarge } from '../errors.ts';
import { definePlugin, type Plugin } from '../plugin/plugin.ts';
import { childKey, type RandomKey } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { bindOneHot } from './one-hot.ts';
import { checkSize } from './size.ts';

/** 2²⁷ entries are half a gigabyte. */
const MOST_ENTRIES = 2 ** 27;

/**
 * A P × d matrix, row-major, with WᵀW = (P/d)·I: normal columns made orthonormal by modified Gram-Schmidt (twice, which
 * suffices in float64: Giraud, Langou & Rozložník 2005), scaled, rounded once.
 */
const semiOrthogonal = (rows: number, columns: number, key: RandomKey): Float32Array => {
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

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

const subtractProjection = (column: Float64Array, direction: Float64Array): void => {
  const share = dot(column, direction);
  for (let i = 0; i < column.length; i++)
    column[i] = (column[i] as number) - share * (direction[i] as number);
};

/** W x (or Wᵀ x) in float32, products and sums rounded in the order of the rows. */
const multiply = (w: ArrayLike<number>, columns: number, z: Float32Array): Float32Array => {
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

const multiplyTransposed = (w: ArrayLike<number>, columns: number, g: Float32Array): Float32Array => {
  const out = new Float32Array(columns);
  for (let r = 0; r < g.length; r++) {
    for (let c = 0; c < columns; c++) {
      out[c] = (out[c] as number) + Math.fround((w[r * columns + c] as number) * (g[r] as number));
    }
  }
  return out;
};

const matrix = (frozen: NamedTensors): tf.Tensor2D => frozen['W'] as tf.Tensor2D;

const bindDense = (rows: number, columns: number, key: RandomKey): BoundProjection => {
  checkSize('dense', rows, columns);
  if (rows * columns > MOST_ENTRIES) throw denseTooLarge(rows, columns, MOST_ENTRIES);
  const seeded = (): Float32Array =>
    rows === columns ? signedPermutation(rows, key) : semiOrthogonal(rows, columns, key);
  const entries = (frozen?: NamedArrays): ArrayLike<number> => frozen?.['W']?.data ?? seeded();
  return {
    rows,
    columns,
    claims: { orthogonalColumns: true, incoherentRows: true },
    // Twice orthogonal to all columns before, for every column.
    operations: rows === columns ? 500 * rows * columns : 20 * rows * columns * columns,
    trainable: [{ name: 'W', shape: [rows, columns] }],
    frozen: () => ({ W: float32(seeded(), [rows, columns]) }),
    forward: (latent, frozen) =>
      tf.reshape(tf.matMul(matrix(frozen), tf.reshape(latent, [columns, 1])), [rows]),
    adjoint: (g, frozen) => tf.reshape(tf.matMul(tf.reshape(g, [1, rows]), matrix(frozen)), [columns]),
    project: (latent, frozen) => multiply(entries(frozen), columns, latent),
    projectAdjoint: (g, frozen) => multiplyTransposed(entries(frozen), columns, g),
    rowNorms: () => {
      const w = seeded();
      return rowProducts(w, w, columns).map(Math.sqrt);
    },
    rowDots: (otherKey) =>
      rowProducts(seeded(), entries(bindDense(rows, columns, otherKey).frozen()), columns),
  };
};

const signedPermutation = (size: number, key: RandomKey): Float32Array => {
  const out = new Float32Array(size * size);
  const order = bindOneHot(size, size, key).project(Float32Array.from({ length: size }, (_, i) => i + 1));
  order.forEach((signed, row) => (out[row * size + Math.abs(signed) - 1] = Math.sign(signed)));
  return out;
};

const rowProducts = (a: ArrayLike<number>, b: ArrayLike<number>, columns: number): Float32Array =>
  Float32Array.from({ length: a.length / columns }, (_, row) => {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += (a[i] as number) * (b[i] as number);
    return sum;
  });

/**
 * Dense semi-orthogonal map, WᵀW = (P/d)·I, the orthogonal initialisation of the Mapping Networks paper. Stores P·d
 * numbers; the only projection that can be trained itself.
 *
 * @throws CORE_DENSE_TOO_LARGE above 2²⁷ entries
 * @example
 * ```ts
 * import { dense, randomKey } from '@mapping-networks/core';
 * const W = dense().impl.bind(90, 12, randomKey(0));
 * console.log(W.project(new Float32Array(12).fill(1)).length); // 90
 * ```
 */
export const dense: Plugin<'projection', 'dense', object, object> = definePlugin({
  kind: 'projection',
  name: 'dense',
  summary: "The paper's stored semi-orthogonal matrix, for small targets; the only one that can be trained.",
  options: z.strictObject({}),
  slots: {},
  create: () => ({ bind: bindDense }),
});
