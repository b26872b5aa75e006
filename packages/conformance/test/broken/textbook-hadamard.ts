// The block-randomised Hadamard map from its definition, W formed entry by entry, with either of its two safeguards
// left out. Block k is (1/√d)·S_k·H·D_k·E_k; H[i, p] is −1 to the number of common one-bits of i and p.
import {
  childKey,
  definePlugin,
  float32,
  oneHot,
  signs,
  subset,
  type BoundProjection,
  type Plugin,
  type RandomKey,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

export interface Safeguards {
  /** E_k: spread z over a random subset of the n positions, instead of the first d. */
  readonly randomSubset: boolean;
  /** S_k: give rows random signs. */
  readonly leftSigns: boolean;
}

const parity = (bits: number): number => {
  let odd = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd;
};

/** W, row-major. */
export const textbookMatrix = (
  rows: number,
  columns: number,
  key: RandomKey,
  safeguards: Safeguards,
): Float32Array => {
  const n = 2 ** Math.ceil(Math.log2(columns));
  const matrix = new Float32Array(rows * columns);
  for (let k = 0; k * n < rows; k++) {
    const block = childKey(key, k);
    const positions = safeguards.randomSubset
      ? subset(childKey(block, 'E'), n, columns)
      : Int32Array.from({ length: columns }, (_, c) => c);
    const right = signs(childKey(block, 'D'), columns);
    const left = safeguards.leftSigns ? signs(childKey(block, 'S'), n) : new Float32Array(n).fill(1);
    for (let i = 0; i < n && k * n + i < rows; i++) {
      for (let c = 0; c < columns; c++) {
        const sign = (left[i] ?? 0) * (right[c] ?? 0) * (parity(i & (positions[c] ?? 0)) ? -1 : 1);
        matrix[(k * n + i) * columns + c] = sign / Math.sqrt(columns);
      }
    }
  }
  return matrix;
};

const timesMatrix = (matrix: Float32Array, columns: number, x: Float32Array): Float32Array =>
  Float32Array.from({ length: matrix.length / columns }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += (matrix[row * columns + c] ?? 0) * (x[c] ?? 0);
    return sum;
  });

const timesTransposed = (matrix: Float32Array, columns: number, g: Float32Array): Float32Array => {
  const sums = new Float64Array(columns);
  g.forEach((value, row) => {
    if (value === 0) return;
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) + (matrix[row * columns + c] ?? 0) * value;
  });
  return Float32Array.from(sums);
};

const bind = (rows: number, columns: number, key: RandomKey, safeguards: Safeguards): BoundProjection => {
  if (rows === columns) return oneHot().impl.bind(rows, columns, key);
  const made: Float32Array[] = [];
  const matrix = (): Float32Array => (made[0] ??= textbookMatrix(rows, columns, key, safeguards));
  return {
    rows,
    columns,
    claims: { orthogonalColumns: false, incoherentRows: true },
    trainable: [],
    frozen: () => ({ W: float32(matrix(), [rows, columns]) }),
    forward: (latent, { W }) =>
      tf.reshape(tf.matMul(W as tf.Tensor2D, tf.reshape(latent, [columns, 1])), [rows]),
    adjoint: (g, { W }) => tf.reshape(tf.matMul(tf.reshape(g, [1, rows]), W as tf.Tensor2D), [columns]),
    project: (latent) => timesMatrix(matrix(), columns, latent),
    projectAdjoint: (g) => timesTransposed(matrix(), columns, g),
    rowNorms: () => new Float32Array(rows).fill(1),
    rowDots: (otherKey) => {
      const other = textbookMatrix(rows, columns, otherKey, safeguards);
      return Float32Array.from({ length: rows }, (_, row) => {
        let sum = 0;
        for (let i = row * columns; i < (row + 1) * columns; i++) sum += (matrix()[i] ?? 0) * (other[i] ?? 0);
        return sum;
      });
    },
  };
};

export const textbookHadamard: Plugin<
  'projection',
  'textbookHadamard',
  Partial<Safeguards>,
  Safeguards
> = definePlugin({
  kind: 'projection',
  name: 'textbookHadamard',
  summary: 'A Hadamard map with or without its safeguards.',
  options: z.strictObject({ randomSubset: z.boolean().default(true), leftSigns: z.boolean().default(true) }),
  slots: {},
  create: (options) => ({ bind: (rows, columns, key) => bind(rows, columns, key, options) }),
});
