// The paper's map: a stored, semi-orthogonal W. P·d numbers, so for small P, for training W itself, and as the
// reference in tests.
import {
  denseAdjoint,
  denseMatrix,
  denseOperations,
  denseProject,
  MOST_DENSE_ENTRIES,
} from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { BoundProjection } from '../contracts/projection.ts';
import { denseTooLarge } from '../errors.ts';
import { definePlugin, type Plugin } from '../plugin/plugin.ts';
import type { RandomKey } from '../random/key.ts';
import { checkSize } from './size.ts';

const matrix = (frozen: NamedTensors): tf.Tensor2D => frozen['W'] as tf.Tensor2D;

const bindDense = (rows: number, columns: number, key: RandomKey): BoundProjection => {
  checkSize('dense', rows, columns);
  if (rows * columns > MOST_DENSE_ENTRIES) throw denseTooLarge(rows, columns, MOST_DENSE_ENTRIES);
  const seeded = (): Float32Array => denseMatrix(rows, columns, key);
  const entries = (frozen?: NamedArrays): ArrayLike<number> => frozen?.['W']?.data ?? seeded();
  return {
    rows,
    columns,
    claims: { orthogonalColumns: true, incoherentRows: true },
    operations: denseOperations(rows, columns),
    trainable: [{ name: 'W', shape: [rows, columns] }],
    frozen: () => ({ W: float32(seeded(), [rows, columns]) }),
    forward: (latent, frozen) =>
      tf.reshape(tf.matMul(matrix(frozen), tf.reshape(latent, [columns, 1])), [rows]),
    adjoint: (g, frozen) => tf.reshape(tf.matMul(tf.reshape(g, [1, rows]), matrix(frozen)), [columns]),
    project: (latent, frozen) => denseProject(entries(frozen), latent),
    projectAdjoint: (g, frozen) => denseAdjoint(entries(frozen), columns, g),
    rowNorms: () => {
      const w = seeded();
      return rowProducts(w, w, columns).map(Math.sqrt);
    },
    rowDots: (otherKey) =>
      rowProducts(seeded(), entries(bindDense(rows, columns, otherKey).frozen()), columns),
  };
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
