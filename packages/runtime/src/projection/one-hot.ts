// θ_i = ±z_idx(i) in plain loops: what the signed weight sharing of `oneHot` draws and computes.
import { childKey, type RandomKey } from '../random/key.ts';
import { permutation } from '../random/permutation.ts';
import { signAt, signBits } from '../random/signs.ts';

/** The random parts of a one-hot map. */
export interface OneHotTable {
  /** For each row, its slot: a random permutation of the rows. Slot s holds coordinate s mod d. */
  readonly order: Int32Array;
  /** One bit for each row. */
  readonly signs: Uint32Array;
}

/** The table of a map, from keys (…, 'index' | 'signs'). */
export const oneHotTable = (rows: number, key: RandomKey): OneHotTable => ({
  order: permutation(childKey(key, 'index'), rows),
  signs: signBits(childKey(key, 'signs'), rows),
});

/** Rows `begin` … `end` − 1 of W z. */
export const oneHotProject = (
  { order, signs }: OneHotTable,
  z: Float32Array,
  begin: number,
  end: number,
): Float32Array => {
  const out = new Float32Array(end - begin);
  for (let row = begin; row < end; row++) {
    out[row - begin] = signAt(signs, row) * (z[(order[row] as number) % z.length] as number);
  }
  return out;
};

/** Wᵀ g. */
export const oneHotAdjoint = (
  { order, signs }: OneHotTable,
  columns: number,
  g: Float32Array,
): Float32Array => {
  const out = new Float32Array(columns);
  for (let row = 0; row < order.length; row++) {
    const coordinate = (order[row] as number) % columns;
    out[coordinate] = (out[coordinate] as number) + signAt(signs, row) * (g[row] as number);
  }
  return out;
};

/** w_j · b_j for two maps of one size. */
export const oneHotRowDots = (w: OneHotTable, b: OneHotTable, columns: number): Float32Array => {
  const out = new Float32Array(w.order.length);
  for (let row = 0; row < out.length; row++) {
    const same = (w.order[row] as number) % columns === (b.order[row] as number) % columns;
    if (same) out[row] = signAt(w.signs, row) * signAt(b.signs, row);
  }
  return out;
};

/** What a product costs, in operations of about a nanosecond: a permutation of all rows by a counter-based generator. */
export const oneHotOperations = (rows: number): number => 500 * rows;
