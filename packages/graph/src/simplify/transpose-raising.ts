// The one way back: a transpose rises from the result of element-wise operations to their operands where that leaves
// fewer. Sinking stops where a value in the layout meets one from elsewhere (the gradient of a dense layer); if the
// result then goes back into the layout, moving the other value is cheaper.
//
// Sinking does not undo this: the transposes that are left stand over values that the others cannot follow.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import type { SharingRule, Users } from './sharing.ts';
import { isElementwise, moveAxes, nearInputs, sizeOfNode } from './shapes.ts';

/** Operations that a transpose rises past at most. */
const MOST_STEPS = 8;

/** transpose(f(transpose⁻¹(x), y)) → f(x, transpose(y)), through all of f that nobody else needs. */
export const raiseTranspose: SharingRule = (_, original, users, b) => {
  if (original.kind !== 'transpose') return undefined;
  const [x] = original.operands;
  const { permutation } = original;
  return isElementwise(x) && needed(x, permutation, users, MOST_STEPS) < 1
    ? raised(x, permutation, users, MOST_STEPS, b)
    : undefined;
};

const risesPast = (node: Node, users: Users, steps: number): boolean =>
  steps > 0 && isElementwise(node) && users.of(node) === 1;

/** Transposes that come (and, negative, go) if that of `node` rises as far as it can. */
const needed = (node: Node, permutation: readonly number[], users: Users, steps: number): number => {
  if (isUndone(node, permutation)) return users.of(node) === 1 ? -1 : 0;
  if (!risesPast(node, users, steps)) return 1;
  return node.operands
    .filter((operand) => sizeOfNode(operand) === sizeOfNode(node))
    .reduce((sum, operand) => sum + needed(operand, permutation, users, steps - 1), 0);
};

const raised = (
  node: Node,
  permutation: readonly number[],
  users: Users,
  steps: number,
  b: Builder,
): Node => {
  if (!risesPast(node, users, steps)) return moveAxes(node, permutation.length, permutation, b);
  const operands = node.operands.map((operand) =>
    sizeOfNode(operand) === sizeOfNode(node)
      ? raised(operand, permutation, users, steps - 1, b)
      : moveAxes(operand, permutation.length, permutation, b),
  );
  return rebuild(node, operands, b);
};

/** Whether this is a transpose that the permutation takes back, of a value that does not rest near the inputs. */
const isUndone = (node: Node, permutation: readonly number[]): boolean =>
  node.kind === 'transpose' &&
  !nearInputs(node.operands[0]) &&
  permutation.every((axis, at) => node.permutation[axis] === at);
