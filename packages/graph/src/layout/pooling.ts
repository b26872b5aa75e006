// Pools and their gradients in the batch-innermost layout.
import type { Builder } from '../ir/builder.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import type { Window2d } from '../ir/window.ts';
import { gatherRows, inward, outward, sides } from './batch-innermost.ts';
import { maxTree, routeGradient } from './max-tree.ts';
import { readersTable } from './position-tables.ts';

/** x `[N, H, W, C]` → for each tap of the window, `[C, OH, OW, N]`: what it reads at each position. */
const taps = (b: Builder, x: Node, window: Window2d, outside: number): readonly Node[] => {
  const { size, strides, dilations, padding, output } = window;
  const [n, , , c] = sides(x);
  const { top, bottom, left, right } = padding;
  const padded = b.pad(inward(b, x), [0, top, left, 0], [0, bottom, right, 0], outside);
  return Array.from({ length: size[0] * size[1] }, (_, tap) => {
    const row = Math.floor(tap / size[1]) * dilations[0];
    const column = (tap % size[1]) * dilations[1];
    return b.slice(padded, [0, row, column, 0], [c, ...output, n], [1, ...strides, 1]);
  });
};

export const pool2d = (b: Builder, { op, operands: [x], window }: NodeOf<'pool2d'>): Node => {
  if (op === 'max') return outward(b, maxTree(b, taps(b, x, window, Number.NEGATIVE_INFINITY)).value);
  const sum = taps(b, x, window, 0).reduce((total, tap) => b.binary('add', total, tap));
  return outward(b, b.binary('mul', sum, reciprocalCounts(b, window)));
};

export const maxPool2dGradient = (
  b: Builder,
  { operands: [dy, x], window }: NodeOf<'maxPool2dGradient'>,
): Node => {
  const tree = maxTree(b, taps(b, x, window, Number.NEGATIVE_INFINITY));
  return spread(b, routeGradient(b, tree, inward(b, dy)), window);
};

export const averagePool2dGradient = (
  b: Builder,
  { operands: [dy], window }: NodeOf<'averagePool2dGradient'>,
): Node => {
  const share = b.binary('mul', inward(b, dy), reciprocalCounts(b, window));
  return spread(
    b,
    Array.from({ length: window.size[0] * window.size[1] }, () => share),
    window,
  );
};

/** 1 / how many elements of each window lie inside x: a scalar, or `[OH, OW, 1]` where padding makes it vary. */
const reciprocalCounts = (
  b: Builder,
  { size, strides, dilations, padding, input, output }: Window2d,
): Node => {
  const inside = (axis: 0 | 1, before: number): number[] =>
    Array.from({ length: output[axis] }, (_, i) => {
      const reads = Array.from(
        { length: size[axis] },
        (_tap, k) => i * strides[axis] + k * dilations[axis] - before,
      );
      return reads.filter((at) => at >= 0 && at < input[axis]).length;
    });
  const [rows, columns] = [inside(0, padding.top), inside(1, padding.left)];
  const counts = rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
  const [first = 1] = counts;
  return counts.every((count) => count === first)
    ? b.scalar(first)
    : b.constant(Float32Array.from(counts), [...output, 1]);
};

/** The parts of each tap, `[C, OH, OW, N]`, put back where the taps read: `[N, H, W, C]`. */
const spread = (b: Builder, parts: readonly Node[], window: Window2d): Node =>
  outward(b, tiles(window) ? tiled(b, parts, window) : scattered(b, parts, window));

/** Whether windows lie side by side, without gaps, overlaps or padding before. */
export const tiles = ({ size, strides, dilations, padding }: Window2d): boolean =>
  [0, 1].every((axis) => size[axis] === strides[axis] && dilations[axis] === 1) &&
  padding.top === 0 &&
  padding.left === 0;

const tiled = (b: Builder, parts: readonly Node[], { size: [kh, kw], input, output }: Window2d): Node => {
  const [c, oh, ow, n] = sides(parts[0] as Node);
  const rows = Array.from({ length: kh }, (_, i) => {
    const row = parts.slice(i * kw, (i + 1) * kw).map((part) => b.reshape(part, [c * oh * ow, 1, n]));
    return b.reshape(b.concat(row, 1), [c * oh, 1, ow * kw * n]);
  });
  const whole = b.reshape(b.concat(rows, 1), [c, oh * kh, ow * kw, n]);
  const [h, w] = [Math.min(input[0], oh * kh), Math.min(input[1], ow * kw)];
  const inside = b.slice(whole, [0, 0, 0, 0], [c, h, w, n]);
  return b.pad(
    inside,
    [0, 0, 0, 0],
    [0, input[0] - output[0] * kh, input[1] - output[1] * kw, 0].map((side) => Math.max(0, side)),
    0,
  );
};

const scattered = (b: Builder, parts: readonly Node[], window: Window2d): Node => {
  const [c, oh, ow, n] = sides(parts[0] as Node);
  const { table, most } = readersTable(window, c);
  const rows = b.concat(
    parts.map((part) => b.reshape(part, [c * oh * ow, n])),
    0,
  );
  const [h, w] = window.input;
  const read = b.reshape(gatherRows(b, rows, table), [most, c * h * w * n]);
  return b.reshape(b.reduce('sum', read, [0]), [c, h, w, n]);
};
