// Questions about nodes and shapes that many rules ask.
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../ir/builder.ts';
import { broadcastShapes } from '../ir/broadcast-shapes.ts';
import type {
  BinaryNode,
  CastNode,
  ConstantNode,
  FillNode,
  Node,
  SelectNode,
  UnaryNode,
} from '../ir/node.ts';

export type ElementwiseNode = BinaryNode | CastNode | SelectNode | UnaryNode;

export const isElementwise = (node: Node): node is ElementwiseNode =>
  node.kind === 'unary' || node.kind === 'binary' || node.kind === 'cast' || node.kind === 'select';

export const isKnown = (node: Node): node is ConstantNode | FillNode =>
  node.kind === 'constant' || node.kind === 'fill';

/** The number that a node repeats, if it does. */
export const uniform = (node: Node): number | undefined => (node.kind === 'fill' ? node.value : undefined);

export const sizeOfNode = ({ type }: Node): number => sizeOf(type.shape);

/** The shape with 1s in front, up to a rank. */
export const toRank = (shape: readonly number[], rank: number): number[] => [
  ...Array.from({ length: rank - shape.length }, () => 1),
  ...shape,
];

/** What the shapes of these nodes, which are known to fit, broadcast to. */
export const commonShape = (nodes: readonly Node[]): readonly number[] =>
  nodes.reduce<readonly number[]>((shape, { type }) => broadcastShapes(shape, type.shape) ?? shape, []);

export const inverse = (permutation: readonly number[]): number[] => {
  const result = permutation.map(() => 0);
  permutation.forEach((axis, at) => {
    result[axis] = at;
  });
  return result;
};

/** An operand of an element-wise operation of this rank, for the result transposed. */
export const moveAxes = (operand: Node, rank: number, permutation: readonly number[], b: Builder): Node =>
  operand.type.shape.length === 0
    ? operand
    : b.transpose(b.reshape(operand, toRank(operand.type.shape, rank)), permutation);

/**
 * Whether a value is made of inputs and constants by few element-wise operations: dropout masks, scaled images. A
 * transpose or reshape of such a value stays where it is, and others that pass by take it along.
 */
export const nearInputs = (node: Node, steps = 3): boolean => {
  if (node.kind === 'input' || isKnown(node)) return true;
  if (node.kind === 'reshape' || node.kind === 'transpose') return nearInputs(node.operands[0], steps);
  return isElementwise(node) && steps > 0 && node.operands.every((x) => nearInputs(x, steps - 1));
};
