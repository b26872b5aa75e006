// Where two recordings of one step part: what a person needs to find the randomness in it.
import type { Node } from '../ir/node.ts';

/** Words for the first place, from the outputs down, where the nodes differ although their uses agree. */
export const differenceOf = (first: Node, second: Node): string => {
  let [a, b] = [first, second];
  let user = '';
  for (;;) {
    const at = a.kind === b.kind ? a.operands.findIndex((operand, i) => operand !== b.operands[i]) : -1;
    const [nextA, nextB] = [a.operands[at], b.operands[at]];
    if (nextA === undefined || nextB === undefined) return `${described(a)}${user}`;
    user = `, used by ${described(a)}`;
    [a, b] = [nextA, nextB];
  }
};

const described = (node: Node): string => {
  const op = 'op' in node ? `${node.kind} ${node.op}` : node.kind;
  return `${op} of type ${node.type.dtype} [${node.type.shape.join(', ')}]`;
};
