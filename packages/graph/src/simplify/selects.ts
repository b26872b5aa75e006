// Choices between two values.
import type { Node, SelectNode } from '../ir/node.ts';
import type { Rule } from './rule.ts';
import { uniform } from './shapes.ts';

/** select(true, a, b) → a, select(false, a, b) → b, select(c, a, a) → a */
export const decidedSelect: Rule<SelectNode> = ({ operands: [condition, x, y], type }, b) => {
  const decided = uniform(condition);
  if (decided === undefined && x !== y) return undefined;
  return b.broadcast(decided === 0 ? y : x, type.shape);
};

const negated = (node: Node): Node | undefined =>
  node.kind === 'unary' && node.op === 'logicalNot' ? node.operands[0] : undefined;

/** select(not c, a, b) → select(c, b, a) */
export const negatedSelect: Rule<SelectNode> = ({ operands: [condition, x, y] }, b) => {
  const positive = negated(condition);
  return positive?.type.dtype === 'bool' ? b.select(positive, y, x) : undefined;
};

/** select(c, 1, 0) → cast(c) */
export const selectToCast: Rule<SelectNode> = ({ operands: [condition, x, y], type }, b) =>
  uniform(x) === 1 && uniform(y) === 0 ? b.broadcast(b.cast(condition, type.dtype), type.shape) : undefined;
