// Repetition sinks towards the results, where numpy's broadcasting mostly makes it needless: numbers are computed once
// and repeated late. Order from operands to results: reshape, transpose, broadcast.
import type { BroadcastNode, Node, ReshapeNode, SliceNode, TransposeNode } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { sameShape } from '../ir/same-shape.ts';
import { axisGroups, carryShape } from './axis-groups.ts';
import type { Rule } from './rule.ts';
import { commonShape, sizeOfNode, toRank } from './shapes.ts';
import type { ElementwiseNode } from './shapes.ts';

/** broadcast(broadcast(x)) → broadcast(x), broadcast([1, 1, n] reshaped from [n]) → broadcast(x) */
export const composeBroadcasts: Rule<BroadcastNode> = ({ operands: [inner], type }, b) =>
  inner.kind === 'broadcast' || addsLeadingOnes(inner)
    ? b.broadcast(inner.operands[0], type.shape)
    : undefined;

/** A broadcast that repeats nothing → reshape */
export const broadcastToReshape: Rule<BroadcastNode> = (node, b) =>
  sizeOfNode(node) === sizeOfNode(node.operands[0])
    ? b.reshape(node.operands[0], node.type.shape)
    : undefined;

const addsLeadingOnes = (node: Node): node is ReshapeNode =>
  node.kind === 'reshape' &&
  node.type.shape.length > node.operands[0].type.shape.length &&
  sameShape(toRank(node.operands[0].type.shape, node.type.shape.length), node.type.shape);

/** f(broadcast(x), fill, …) → broadcast(f(x, scalar, …)), the broadcast only where the result needs it. */
export const bareOperands: Rule<ElementwiseNode> = (node, b) => {
  const bare = node.operands.map((operand) => {
    if (operand.kind === 'broadcast') return operand.operands[0];
    if (operand.kind === 'fill') return b.fill(operand.value, [], operand.type.dtype);
    return addsLeadingOnes(operand) ? operand.operands[0] : operand;
  });
  if (bare.every((operand, at) => operand === node.operands[at])) return undefined;
  if (sameShape(commonShape(bare), node.type.shape)) {
    return rebuild(node, bare, b);
  }
  return b.broadcast(rebuild(node, bare, b), node.type.shape);
};

/** reshape(broadcast(x)) → broadcast(reshape(x)) */
export const reshapeOfBroadcast: Rule<ReshapeNode> = ({ operands: [inner], type }, b) => {
  if (inner.kind !== 'broadcast') return undefined;
  const { shape } = inner.type;
  const groups = axisGroups(shape, type.shape);
  const [x] = inner.operands;
  const carried = groups && carryShape(toRank(x.type.shape, shape.length), shape, type.shape, groups);
  return carried && b.broadcast(b.reshape(x, carried), type.shape);
};

/** transpose(broadcast(x)) → broadcast(transpose(x)) */
export const transposeOfBroadcast: Rule<TransposeNode> = ({ operands: [inner], permutation, type }, b) => {
  if (inner.kind !== 'broadcast') return undefined;
  const [x] = inner.operands;
  const aligned = b.reshape(x, toRank(x.type.shape, permutation.length));
  return b.broadcast(b.transpose(aligned, permutation), type.shape);
};

/** slice(broadcast(x)) → broadcast(slice(x)) */
export const sliceOfBroadcast: Rule<SliceNode> = ({ operands: [inner], begin, strides, type }, b) => {
  if (inner.kind !== 'broadcast') return undefined;
  const [x] = inner.operands;
  const shape = toRank(x.type.shape, begin.length);
  const only = <T>(values: readonly T[], otherwise: T): T[] =>
    values.map((value, axis) => (shape[axis] === inner.type.shape[axis] ? value : otherwise));
  return b.broadcast(
    b.slice(b.reshape(x, shape), only(begin, 0), only(type.shape, 1), only(strides, 1)),
    type.shape,
  );
};
