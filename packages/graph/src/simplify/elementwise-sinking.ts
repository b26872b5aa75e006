// Transposes and reshapes sink through element-wise operations, from operands towards results:
// f(transpose(x), transpose(y)) → transpose(f(x, y)), and the same for reshape. On their way they meet their inverses
// and vanish, or end at an output.
//
// Other operands come along: an operand that is repeated along some axis is small, and values near the inputs are moved
// once, where they stay. A full-size operand of another origin stops it: nothing would be won. Only once a layout is
// chosen, a reshape that merges axes goes on and reshapes that operand (`lowerRank`): operations end up in the lowest
// rank that they can have.
import type { Builder } from '../ir/builder.ts';
import type { Node, ReshapeNode, TransposeNode } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { sameShape } from '../ir/same-shape.ts';
import { axisGroups, carryShape } from './axis-groups.ts';
import type { Rule } from './rule.ts';
import { inverse, moveAxes, nearInputs, sizeOfNode, toRank } from './shapes.ts';
import type { ElementwiseNode } from './shapes.ts';

/**
 * The moved operand that all others follow: the one of lowest rank among those that do not rest near an input, or any
 * if all are moved alike.
 */
const leader = <M extends ReshapeNode | TransposeNode>(
  node: ElementwiseNode,
  isMoved: (operand: Node) => operand is M,
  alike: (a: M, b: M) => boolean,
): M | undefined => {
  const full = node.operands.filter((operand) => sizeOfNode(operand) === sizeOfNode(node));
  const moved = full.filter(isMoved).filter(({ type }) => sameShape(type.shape, node.type.shape));
  const [first] = moved;
  const [sinking] = moved
    .filter(({ operands: [x] }) => !nearInputs(x))
    .toSorted((a, c) => rankOf(a.operands[0]) - rankOf(c.operands[0]));
  if (sinking !== undefined || first === undefined) return sinking;
  return moved.length === full.length && moved.every((other) => alike(first, other)) ? first : undefined;
};

const rankOf = ({ type }: Node): number => type.shape.length;

/** All operands brought to where the leader's operand is, or undefined where one of them cannot follow. */
const follow = (
  node: ElementwiseNode,
  bring: (operand: Node) => Node | undefined,
): readonly Node[] | undefined => {
  const brought = node.operands.map(bring);
  return brought.every((operand) => operand !== undefined) ? brought : undefined;
};

const isTranspose = (node: Node): node is TransposeNode => node.kind === 'transpose';

/** f(transpose(x), …) → transpose(f(x, …)) */
export const sinkTranspose: Rule<ElementwiseNode> = (node, b) => {
  const first = leader(node, isTranspose, (a, c) => sameShape(a.permutation, c.permutation));
  if (first === undefined) return undefined;
  const { permutation } = first;
  const back = inverse(permutation);
  const operands = follow(node, (operand) => {
    if (operand === first) return first.operands[0];
    const small = sizeOfNode(operand) < sizeOfNode(node);
    if (!small && !isTranspose(operand) && !nearInputs(operand)) return undefined;
    return moveAxes(operand, permutation.length, back, b);
  });
  return operands && b.transpose(rebuild(node, operands, b), permutation);
};

const isReshape = (node: Node): node is ReshapeNode => node.kind === 'reshape';

/** f(reshape(x), …) → reshape(f(x, …)) */
export const sinkReshape: Rule<ElementwiseNode> = (node, b) => throughReshape(node, b, false);

/** f(reshape(x), y) → reshape(f(x, reshape(y))), where that lowers the rank. */
export const lowerRank: Rule<ElementwiseNode> = (node, b) => throughReshape(node, b, true);

const throughReshape = (node: ElementwiseNode, b: Builder, lowers: boolean): Node | undefined => {
  const first = leader(node, isReshape, (a, c) =>
    sameShape(a.operands[0].type.shape, c.operands[0].type.shape),
  );
  if (first === undefined) return undefined;
  const { shape: from } = first.operands[0].type;
  const { shape: to } = node.type;
  const takesAll = lowers && from.length < to.length;
  const operands = follow(node, (operand) => {
    if (operand === first) return first.operands[0];
    if (sizeOfNode(operand) === sizeOfNode(node)) {
      const free = isReshape(operand) || nearInputs(operand) || (takesAll && !isTranspose(operand));
      return free ? b.reshape(operand, from) : undefined;
    }
    if (operand.type.shape.length === 0) return operand;
    const groups = axisGroups(to, from);
    const shape = groups && carryShape(toRank(operand.type.shape, to.length), to, from, groups);
    return shape && b.reshape(operand, shape);
  });
  return operands && b.reshape(rebuild(node, operands, b), to);
};
