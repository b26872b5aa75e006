// Convolutions and their gradients in the batch-innermost layout, in two ways.
//
// correlation: ONNX's Conv with a batch of one image of height H and width W·N, horizontally dilated by N. The runtime
//   copies panels that fit its caches by itself: no columns in memory, but it copies for every use.
// columns: all windows side by side, `[K·C, L·N]`, made by one gather with a constant table, then one matrix product.
//   Forward pass and filter gradient share the columns.
import type { Builder } from '../ir/builder.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import type { Window2d } from '../ir/window.ts';
import { gatherRows, inward, outward, sides } from './batch-innermost.ts';
import { readersTable, readTable } from './position-tables.ts';

const positions = ({ output: [h, w] }: Window2d): number => h * w;
const taps = ({ size: [h, w] }: Window2d): number => h * w;

/** Whether windows just tile the rows of x as they are: a 1 × 1 convolution. */
const reads1To1 = ({ size, strides, padding: { top, bottom, left, right } }: Window2d): boolean =>
  [...size, ...strides].every((n) => n === 1) && [top, bottom, left, right].every((n) => n === 0);

/** x `[N, H, W, C]` → columns `[K·C, L·N]`, rows by tap then channel. */
const columns = (b: Builder, x: Node, window: Window2d): Node => {
  const [n, h, w, c] = sides(x);
  const shape = [taps(window) * c, positions(window) * n];
  if (reads1To1(window)) return b.reshape(inward(b, x), shape);
  return b.reshape(gatherRows(b, b.reshape(inward(b, x), [c * h * w, n]), readTable(window, c)), shape);
};

/** `[O, L·N]` → `[N, OH, OW, O]`. */
const fromRows = (b: Builder, y: Node, [oh, ow]: readonly [number, number], n: number): Node =>
  outward(b, b.reshape(y, [y.type.shape[0] ?? 0, oh, ow, n]));

/** dy `[N, OH, OW, O]` → `[O, L·N]`. */
const toRows = (b: Builder, dy: Node): Node => {
  const [n, oh, ow, o] = sides(dy);
  return b.reshape(inward(b, dy), [o, oh * ow * n]);
};

/** x `[N, H, W, C]` correlated with a filter `[O, C, kh, kw]`, both strides of the width 1. */
const correlated = (
  b: Builder,
  x: Node,
  filter: Node,
  {
    strides,
    dilations,
    before,
    after,
  }: Record<'strides' | 'dilations' | 'before' | 'after', readonly [number, number]>,
): Node => {
  const [n, h, w, c] = sides(x);
  const y = b.make({
    kind: 'crossCorrelation',
    operands: [b.reshape(inward(b, x), [1, c, h, w * n]), filter],
    strides,
    dilations: [dilations[0], dilations[1] * n],
    before: [before[0], before[1] * n],
    after: [after[0], after[1] * n],
  });
  const [, o = 0, oh = 0, width = 0] = y.type.shape;
  return outward(b, b.reshape(y, [o, oh, width / n, n]));
};

export const conv2dByColumns = (b: Builder, { operands: [x, filter], window }: NodeOf<'conv2d'>): Node => {
  const [, , c, o] = sides(filter);
  const kernel = b.reshape(filter, [taps(window) * c, o]);
  return fromRows(b, b.matMul(kernel, columns(b, x, window), true, false), window.output, sides(x)[0]);
};

export const conv2dByCorrelation = (
  b: Builder,
  { operands: [x, filter], window }: NodeOf<'conv2d'>,
): Node => {
  const { strides, dilations, padding } = window;
  return correlated(b, x, b.transpose(filter, [3, 2, 0, 1]), {
    strides,
    dilations,
    before: [padding.top, padding.left],
    after: [padding.bottom, padding.right],
  });
};

export const filterGradient = (
  b: Builder,
  { operands: [x, dy], window, type }: NodeOf<'conv2dFilterGradient'>,
): Node => b.reshape(b.matMul(columns(b, x, window), toRows(b, dy), false, true), type.shape);

/** dx as the correlation of dy with the filter turned by 180°: for strides of 1. */
export const inputGradientByCorrelation = (
  b: Builder,
  { operands: [dy, filter], window }: NodeOf<'conv2dInputGradient'>,
): Node => {
  const { before, after } = fullPadding(window);
  const [kh, kw] = window.size;
  const turned = b.slice(filter, [kh - 1, kw - 1, 0, 0], filter.type.shape, [-1, -1, 1, 1]);
  return correlated(b, dy, b.transpose(turned, [2, 3, 0, 1]), {
    strides: [1, 1],
    dilations: window.dilations,
    before,
    after,
  });
};

/** dx as the sum, at each element, of what the taps that read it send back: for any strides. */
export const inputGradientByColumns = (
  b: Builder,
  { operands: [dy, filter], window, type }: NodeOf<'conv2dInputGradient'>,
): Node => {
  const [n = 0, h = 0, w = 0, c = 0] = type.shape;
  const kernel = b.reshape(filter, [taps(window) * c, dy.type.shape[3] ?? 0]);
  const sent = b.matMul(kernel, toRows(b, dy));
  if (reads1To1(window)) return fromRows(b, sent, window.input, n);
  const { table, most } = readersTable(window, c);
  const read = gatherRows(b, b.reshape(sent, [taps(window) * c * positions(window), n]), table);
  const summed = b.reduce('sum', b.reshape(read, [most, c * h * w * n]), [0]);
  return outward(b, b.reshape(summed, [c, h, w, n]));
};

/** The padding under which a correlation of dy with the turned filter covers all of x. */
const fullPadding = ({
  size,
  dilations,
  padding,
}: Window2d): Record<'before' | 'after', [number, number]> => {
  const [rows, columnsOf] = [(size[0] - 1) * dilations[0], (size[1] - 1) * dilations[1]];
  return {
    before: [rows - padding.top, columnsOf - padding.left],
    after: [rows - padding.bottom, columnsOf - padding.right],
  };
};

/** Whether ONNX's operators have such windows. */
export const isPlain = (window: Window2d): boolean => {
  const { top, bottom, left, right } = window.padding;
  return [top, bottom, left, right].every((side) => side >= 0) && isFull(window);
};

/** Whether there is a position wherever the window fits: TensorFlow.js counts fewer for some paddings given as numbers. */
const isFull = ({ size, strides, dilations, padding, input, output }: Window2d): boolean => {
  const pads = [padding.top + padding.bottom, padding.left + padding.right] as const;
  return ([0, 1] as const).every((axis) => {
    const room = input[axis] + pads[axis] - (size[axis] - 1) * dilations[axis] - 1;
    return output[axis] === Math.floor(room / strides[axis]) + 1;
  });
};

/** Whether the horizontal stride leaves the batch innermost, and ONNX allows the padding. */
export const correlates = (window: Window2d): boolean => window.strides[1] === 1 && isPlain(window);

/** Whether the input gradient is a correlation too. */
export const correlatesBack = (window: Window2d): boolean => {
  const { before, after } = fullPadding(window);
  const small =
    window.strides.every((stride) => stride === 1) && [...before, ...after].every((side) => side >= 0);
  return small && isFull(window);
};
