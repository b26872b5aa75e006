// Questions about nodes and shapes that many rules ask.
import { sizeOf } from '@mapping-networks/core';
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

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, axis) => side === b[axis]);

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

/**
 * Whether a value is made of inputs and constants by few element-wise operations: dropout masks, scaled images. A
 * transpose or reshape of such a value stays where it is, and others that pass by take it along (see `sink`).
 */
export const nearInputs = (node: Node, steps = 3): boolean =>
  node.kind === 'input' ||
  isKnown(node) ||
  (isElementwise(node) && steps > 0 && node.operands.every((operand) => nearInputs(operand, steps - 1)));
