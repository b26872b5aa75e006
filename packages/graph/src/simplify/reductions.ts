// Sums and their kin: of each other, of what is repeated, of products. What is constant along the axes that vanish is
// taken out of the sum, where it is computed on fewer elements and where equal sums become one.
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../ir/builder.ts';
import type { Node, ReduceNode } from '../ir/node.ts';
import type { ReduceOp } from '../ir/op-names.ts';
import { sameShape } from '../ir/same-shape.ts';
import { scaled } from './factors.ts';
import type { Rule } from './rule.ts';
import { toRank } from './shapes.ts';

/** reduce over axes of size 1 → reshape */
export const reduceOfOnes: Rule<ReduceNode> = ({ operands: [x], op, axes, type }, b) => {
  const { shape } = x.type;
  const single = axes.filter((axis) => shape[axis] === 1);
  if (single.length === 0) return undefined;
  const rest = shape.flatMap((_, axis) => (single.includes(axis) ? [] : [axis]));
  const without = b.reshape(
    x,
    rest.map((axis) => shape[axis] as number),
  );
  const left = rest.flatMap((axis, at) => (axes.includes(axis) ? [at] : []));
  return b.reshape(b.reduce(op, without, left), type.shape);
};

/** reduce(reduce(x)) → reduce(x), of the same operation. */
export const composeReductions: Rule<ReduceNode> = ({ operands: [inner], op, axes }, b) => {
  if (inner.kind !== 'reduce' || inner.op !== op) return undefined;
  const [x] = inner.operands;
  const kept = x.type.shape.flatMap((_, axis) => (inner.axes.includes(axis) ? [] : [axis]));
  return b.reduce(op, x, [...inner.axes, ...axes.map((axis) => kept[axis] as number)]);
};

/** What n equal numbers make. */
const REPEATED: { readonly [Op in ReduceOp]?: (x: Node, count: number, b: Builder) => Node } = {
  all: (x) => x,
  any: (x) => x,
  max: (x) => x,
  mean: (x) => x,
  min: (x) => x,
  sum: (x, count, b) => b.binary('mul', x, b.scalar(count, x.type.dtype)),
};

/** sum(broadcast(x)) → broadcast(sum(x)·n), max(broadcast(x)) → broadcast(max(x)) */
export const reduceOfBroadcast: Rule<ReduceNode> = ({ operands: [inner], op, axes, type }, b) => {
  const repeat = REPEATED[op];
  if (inner.kind !== 'broadcast' || repeat === undefined || type.dtype === 'bool') return undefined;
  if (inner.type.shape.includes(0)) return undefined;
  const [x] = inner.operands;
  const shape = toRank(x.type.shape, inner.type.shape.length);
  const counts = axes.map((axis) => (inner.type.shape[axis] as number) / (shape[axis] as number));
  const reduced = b.reduce(op, b.reshape(x, shape), axes);
  return b.broadcast(repeat(reduced, sizeOf(counts), b), type.shape);
};

const isLinear = (op: ReduceOp): boolean => op === 'sum' || op === 'mean';

/** sum(-x) → -sum(x) */
export const reduceOfNeg: Rule<ReduceNode> = ({ operands: [inner], op, axes }, b) =>
  isLinear(op) && inner.kind === 'unary' && inner.op === 'neg'
    ? b.unary('neg', b.reduce(op, inner.operands[0], axes))
    : undefined;

/**
 * sum(x·s) → sum(x)·s, sum(x/s) → sum(x)/s, sum((x·s)·y) → sum(x·y)·s, where s is one number along the axes that vanish.
 */
export const reduceOfProduct: Rule<ReduceNode> = (node, b) => {
  const [product] = node.operands;
  if (!isLinear(node.op) || product.kind !== 'binary' || product.type.dtype !== 'float32') return undefined;
  const [x, y] = product.operands;
  const { op } = product;
  if (op !== 'mul' && op !== 'div') return undefined;
  const [left, right] = [scaled(x), scaled(y)];
  return (
    takeOut(node, op, x, y, b) ??
    (left && takeOut(node, 'mul', b.binary(op, left.x, y), left.factor, b)) ??
    (right && takeOut(node, op, b.binary(op, x, right.x), right.factor, b))
  );
};

/** reduce(x op s) → reduce(x) op s */
const takeOut = (
  { op, axes, operands, type }: ReduceNode,
  by: 'div' | 'mul',
  x: Node,
  factor: Node,
  b: Builder,
): Node | undefined => {
  const { shape } = operands[0].type;
  if (!sameShape(x.type.shape, shape)) return undefined;
  const sides = toRank(factor.type.shape, shape.length);
  if (axes.some((axis) => sides[axis] !== 1)) return undefined;
  const left = factor.type.shape.length === 0 ? [] : sides.filter((_, axis) => !axes.includes(axis));
  return b.broadcast(b.binary(by, b.reduce(op, x, axes), b.reshape(factor, left)), type.shape);
};

/** sum(x - mean(x)) → 0, but for rounding; a NaN in x is in all other uses of the difference. */
export const reduceOfCentred: Rule<ReduceNode> = ({ operands: [centred], op, axes, type }, b) => {
  if (!isLinear(op) || centred.kind !== 'binary' || centred.op !== 'sub') return undefined;
  const [x, repeated] = centred.operands;
  const mean = repeated.kind === 'reshape' ? repeated.operands[0] : repeated;
  const isMean = mean.kind === 'reduce' && mean.op === 'mean' && mean.operands[0] === x;
  return isMean && sameShape(mean.axes, axes) && alongKept(repeated, x, axes)
    ? b.fill(0, type.shape, type.dtype)
    : undefined;
};

/** Whether each axis of x is either reduced, and one number in `repeated`, or there as a whole. */
const alongKept = (repeated: Node, x: Node, axes: readonly number[]): boolean =>
  toRank(repeated.type.shape, x.type.shape.length).every(
    (side, axis) => side === (axes.includes(axis) ? 1 : x.type.shape[axis]),
  );
