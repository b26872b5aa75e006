// The one layout that spatial values get: channels, rows, columns, batch. The batch innermost makes every move of a
// position (padding, a tap of a filter, a window of a pool) a copy of whole contiguous runs, and every sum or bias
// over a channel one over contiguous memory.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';

/** Swaps first and last of four axes: its own inverse. */
const SWAP = [3, 1, 2, 0] as const;

/** `[N, H, W, C]` → `[C, H, W, N]`. */
export const inward = (b: Builder, x: Node): Node => b.transpose(x, SWAP);

/** `[C, H, W, N]` → `[N, H, W, C]`. */
export const outward = (b: Builder, x: Node): Node => b.transpose(x, SWAP);

/** The sides of a value of four axes. */
export const sides = (x: Node): [number, number, number, number] => {
  const [a = 0, h = 0, w = 0, c = 0] = x.type.shape;
  return [a, h, w, c];
};

/** Rows of `x` (`[R, N]`) at `table`, where index R is a row of zeros. */
export const gatherRows = (b: Builder, x: Node, table: Int32Array): Node => {
  const [rows = 0, n = 0] = x.type.shape;
  const padded = table.includes(rows) ? b.concat([x, b.fill(0, [1, n])], 0) : x;
  return b.gather(padded, b.constant(table, [table.length]), 0);
};
