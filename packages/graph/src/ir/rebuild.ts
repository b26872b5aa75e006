// The same node over other operands: what passes do that change some nodes and leave the rest as it is.
import type { Builder } from './builder.ts';
import { applyRule, type Node, type Rules } from './node.ts';

const REBUILD: Rules<Node, [operands: readonly Node[], builder: Builder]> = {
  argExtreme: ({ op, axis }, xs, b) => b.argExtreme(op, nth(xs, 0), axis),
  averagePool2dGradient: ({ window }, xs, b) => b.averagePool2dGradient(nth(xs, 0), window),
  binary: ({ op }, xs, b) => b.binary(op, nth(xs, 0), nth(xs, 1)),
  broadcast: ({ type }, xs, b) => b.broadcast(nth(xs, 0), type.shape),
  cast: ({ type }, xs, b) => b.cast(nth(xs, 0), type.dtype),
  concat: ({ axis }, xs, b) => b.concat(xs, axis),
  constant: ({ data, type }, _, b) => b.constant(data, type.shape),
  conv2d: ({ window }, xs, b) => b.conv2d(nth(xs, 0), nth(xs, 1), window),
  conv2dFilterGradient: ({ window }, xs, b) => b.conv2dFilterGradient(nth(xs, 0), nth(xs, 1), window),
  conv2dInputGradient: ({ window }, xs, b) => b.conv2dInputGradient(nth(xs, 0), nth(xs, 1), window),
  crossCorrelation: ({ kind, strides, dilations, before, after }, xs, b) =>
    b.make({ kind, operands: [nth(xs, 0), nth(xs, 1)], strides, dilations, before, after }),
  cumulativeSum: ({ axis, exclusive, reverse }, xs, b) =>
    b.cumulativeSum(nth(xs, 0), axis, exclusive, reverse),
  fill: ({ value, type }, _, b) => b.fill(value, type.shape, type.dtype),
  gather: ({ axis }, xs, b) => b.gather(nth(xs, 0), nth(xs, 1), axis),
  input: ({ name, type }, _, b) => b.input(name, type),
  matMul: ({ transposeA, transposeB }, xs, b) => b.matMul(nth(xs, 0), nth(xs, 1), transposeA, transposeB),
  maxPool2dGradient: ({ window }, xs, b) => b.maxPool2dGradient(nth(xs, 0), nth(xs, 1), window),
  oneHot: ({ depth, on, off }, xs, b) => b.oneHot(nth(xs, 0), depth, on, off),
  pad: ({ before, after, value }, xs, b) => b.pad(nth(xs, 0), before, after, value),
  pool: ({ kind, op, size, strides, before, after }, xs, b) =>
    b.make({ kind, op, operands: [nth(xs, 0)], size, strides, before, after }),
  pool2d: ({ op, window }, xs, b) => b.pool2d(op, nth(xs, 0), window),
  reduce: ({ op, axes }, xs, b) => b.reduce(op, nth(xs, 0), axes),
  reshape: ({ type }, xs, b) => b.reshape(nth(xs, 0), type.shape),
  segmentSum: ({ segments }, xs, b) => b.segmentSum(nth(xs, 0), nth(xs, 1), segments),
  select: (_, xs, b) => b.select(nth(xs, 0), nth(xs, 1), nth(xs, 2)),
  slice: ({ begin, strides, type }, xs, b) => b.slice(nth(xs, 0), begin, type.shape, strides),
  transpose: ({ permutation }, xs, b) => b.transpose(nth(xs, 0), permutation),
  unary: ({ op }, xs, b) => b.unary(op, nth(xs, 0)),
};

const nth = (operands: readonly Node[], index: number): Node => operands[index] as Node;

/** The node over these operands, made by this builder. */
export const rebuild = (node: Node, operands: readonly Node[], builder: Builder): Node =>
  applyRule(REBUILD, node, operands, builder);
