// θ_i = ±z_idx(i): weight sharing by a balanced, shuffled index. No products at all. Rows that share a coordinate are
// equal or opposite, so that it claims no incoherence.
import {
  bitAt,
  oneHotAdjoint,
  oneHotOperations,
  oneHotProject,
  oneHotRowDots,
  oneHotTable,
  type OneHotTable,
} from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { int32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { BoundProjection, ProjectionChunks } from '../contracts/projection.ts';
import { definePlugin, type Plugin } from '../plugin/plugin.ts';
import type { RandomKey } from '../random/key.ts';
import { linear } from './linear.ts';
import { checkSize } from './size.ts';

/** `index` points into [z, −z], `slots`, of which there are ⌈P/d⌉·d, into [g, −g, 0]: both directions are gathers. */
const oneHotFrozen = ({ order, signs }: OneHotTable, columns: number): NamedArrays => {
  const rows = order.length;
  const index = new Int32Array(rows);
  const slots = new Int32Array(Math.ceil(rows / columns) * columns).fill(2 * rows);
  for (let row = 0; row < rows; row++) {
    const slot = order[row] as number;
    const negative = bitAt(signs, row);
    index[row] = (slot % columns) + negative * columns;
    slots[slot] = row + negative * rows;
  }
  return { index: int32(index), slots: int32(slots) };
};

/** Ranges of rows. A permutation cannot be drawn in part: the first chunk draws it, and the others look it up. */
const oneHotChunks = (
  rows: number,
  columns: number,
  size: number,
  draw: () => OneHotTable,
): ProjectionChunks => {
  const perChunk = Math.ceil(rows / Math.ceil(rows / size));
  let drawn: OneHotTable | undefined;
  return {
    rows: perChunk,
    frozen: () => ({}),
    table: (k, reuse) => {
      const { order, signs } = (drawn ??= draw());
      const index = (reuse?.['index']?.data as Int32Array | undefined) ?? new Int32Array(perChunk);
      const end = Math.min(rows, (k + 1) * perChunk);
      index.fill(0, end - k * perChunk);
      for (let row = k * perChunk; row < end; row++) {
        index[row - k * perChunk] = ((order[row] as number) % columns) + bitAt(signs, row) * columns;
      }
      return { index: int32(index) };
    },
    forward: (latent, constants) => gather([latent, tf.neg(latent)], constants['index']),
    project: (k, latent) =>
      oneHotProject((drawn ??= draw()), latent, k * perChunk, Math.min(rows, (k + 1) * perChunk)),
  };
};

const gather = (source: tf.Tensor[], index: tf.Tensor | undefined): tf.Tensor1D =>
  tf.gather(tf.concat(source) as tf.Tensor1D, index as tf.Tensor1D);

const forward = (columns: number, latent: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D =>
  linear(
    latent,
    (x) => gather([x, tf.neg(x)], frozen['index']),
    (dy) => adjoint(columns, dy, frozen),
  );

const adjoint = (columns: number, g: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D =>
  linear(
    g,
    (x) => tf.sum(tf.reshape(gather([x, tf.neg(x), tf.zeros([1])], frozen['slots']), [-1, columns]), 0),
    (dy) => forward(columns, dy, frozen),
  );

/** The one-hot map of any size; square ones are signed permutations. */
export const bindOneHot = (rows: number, columns: number, key: RandomKey): BoundProjection => {
  checkSize('oneHot', rows, columns);
  const table = (): OneHotTable => oneHotTable(rows, key);
  return {
    rows,
    columns,
    claims: { orthogonalColumns: rows % columns === 0, incoherentRows: rows === columns },
    operations: oneHotOperations(rows),
    trainable: [],
    frozen: () => oneHotFrozen(table(), columns),
    forward: (latent, frozen) => forward(columns, latent, frozen),
    adjoint: (g, frozen) => adjoint(columns, g, frozen),
    project: (latent) => oneHotProject(table(), latent, 0, rows),
    projectAdjoint: (g) => oneHotAdjoint(table(), columns, g),
    rowNorms: () => new Float32Array(rows).fill(1),
    rowDots: (otherKey) => oneHotRowDots(table(), oneHotTable(rows, otherKey), columns),
    chunks: (size) => oneHotChunks(rows, columns, size, table),
  };
};

/**
 * One-hot map: every parameter is plus or minus one latent coordinate, each used equally often. As in Uni-LoRA, an
 * exact isometry up to a factor where d divides P.
 *
 * @example
 * ```ts
 * import { oneHot, randomKey } from '@mapping-networks/core';
 * const W = oneHot().impl.bind(6, 2, randomKey(0));
 * console.log(W.project(Float32Array.of(1, 2)).map(Math.abs).toSorted()); // Float32Array [1, 1, 1, 2, 2, 2]
 * ```
 */
export const oneHot: Plugin<'projection', 'oneHot', object, object> = definePlugin({
  kind: 'projection',
  name: 'oneHot',
  summary: 'Signed weight sharing: each parameter is plus or minus one latent coordinate.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ bind: bindOneHot }),
});
