// Sums and their kin: of each other, of what is repeated, of products. What is constant along the axes that vanish is
// taken out of the sum, where it is computed on fewer elements and where equal sums become one.
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../ir/builder.ts';
import type { BinaryNode, Node, ReduceNode, ReduceOp } from '../ir/node.ts';
import type { Rule } from './rule.ts';
import { sameShape, toRank, uniform } from './shapes.ts';

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

/** sum(x·y) → sum(x)·y, sum(x/y) → sum(x)/y, where y is one number along the axes that vanish. */
export const reduceOfProduct: Rule<ReduceNode> = (node, b) => {
  const [product] = node.operands;
  if (!isLinear(node.op) || product.kind !== 'binary' || product.type.dtype !== 'float32') return undefined;
  const [x, y] = product.operands;
  if (product.op === 'mul') return takeOut(node, product, x, y, b) ?? takeOut(node, product, y, x, b);
  return product.op === 'div' ? takeOut(node, product, x, y, b) : undefined;
};

const takeOut = (
  { op, axes, type }: ReduceNode,
  product: BinaryNode,
  x: Node,
  factor: Node,
  b: Builder,
): Node | undefined => {
  const { shape } = product.type;
  if (!sameShape(x.type.shape, shape)) return undefined;
  const reduced = b.reduce(op, x, axes);
  if (uniform(factor) !== undefined && factor.type.shape.length === 0) {
    return b.binary(product.op, reduced, factor);
  }
  const sides = toRank(factor.type.shape, shape.length);
  if (axes.some((axis) => sides[axis] !== 1)) return undefined;
  const left = sides.filter((_, axis) => !axes.includes(axis));
  return b.broadcast(b.binary(product.op, reduced, b.reshape(factor, left)), type.shape);
};
