// θ_i = ±z_idx(i): weight sharing by a balanced, shuffled index. No products at all. Rows that share a coordinate are
// equal or opposite, so that it claims no incoherence.
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { int32, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { BoundProjection } from '../contracts/projection.ts';
import { definePlugin, type Plugin } from '../plugin/plugin.ts';
import { childKey, type RandomKey } from '../random/key.ts';
import { permutation } from '../random/permutation.ts';
import { signAt, signBits } from '../random/signs.ts';
import { linear } from './linear.ts';
import { checkSize } from './size.ts';

interface OneHotTable {
  /** For each row, its coordinate: a random permutation of the rows, modulo d. */
  readonly index: Int32Array;
  readonly signs: Uint32Array;
  /** For each of ⌈P/d⌉·d slots, the row that it holds; P where there is none. */
  readonly slots: Int32Array;
}

const tableOf = (rows: number, columns: number, key: RandomKey): OneHotTable => {
  const order = permutation(childKey(key, 'index'), rows);
  const slots = new Int32Array(Math.ceil(rows / columns) * columns).fill(rows);
  order.forEach((slot, row) => (slots[slot] = row));
  return { index: order.map((slot) => slot % columns), signs: signBits(childKey(key, 'signs'), rows), slots };
};

/** `index` points into [z, −z], `slots` into [g, −g, 0]: both directions are gathers. */
const oneHotFrozen = ({ index, signs, slots }: OneHotTable, columns: number): NamedArrays => {
  const rows = index.length;
  return {
    index: int32(
      index.map((coordinate, row) => (signAt(signs, row) < 0 ? columns + coordinate : coordinate)),
    ),
    slots: int32(slots.map((row) => (row === rows ? 2 * rows : signAt(signs, row) < 0 ? rows + row : row))),
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
  const table = (): OneHotTable => tableOf(rows, columns, key);
  return {
    rows,
    columns,
    claims: { orthogonalColumns: rows % columns === 0, incoherentRows: rows === columns },
    // A permutation of all rows by a counter-based generator.
    operations: 500 * rows,
    trainable: [],
    frozen: () => oneHotFrozen(table(), columns),
    forward: (latent, frozen) => forward(columns, latent, frozen),
    adjoint: (g, frozen) => adjoint(columns, g, frozen),
    project: (latent) => {
      const { index, signs } = table();
      return Float32Array.from(
        index,
        (coordinate, row) => signAt(signs, row) * (latent[coordinate] as number),
      );
    },
    projectAdjoint: (g) => {
      const { index, signs } = table();
      const out = new Float32Array(columns);
      index.forEach((coordinate, row) => {
        out[coordinate] = (out[coordinate] as number) + signAt(signs, row) * (g[row] as number);
      });
      return out;
    },
    rowNorms: () => new Float32Array(rows).fill(1),
    rowDots: (otherKey) => {
      const [w, b] = [table(), tableOf(rows, columns, otherKey)];
      return Float32Array.from(w.index, (coordinate, row) =>
        coordinate === b.index[row] ? signAt(w.signs, row) * signAt(b.signs, row) : 0,
      );
    },
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
