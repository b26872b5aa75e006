// A graph: named outputs, and the inputs that they may depend on, in the order of the signature.
import type { InputNode, Node } from './node.ts';

/** Outputs by name, and the inputs that they may depend on, in the order of the signature. */
export interface Graph {
  readonly inputs: readonly InputNode[];
  readonly outputs: Readonly<Record<string, Node>>;
}

/**
 * All nodes that the outputs need, each once, operands before what uses them; a fixed order for equal graphs.
 *
 * @example
 * ```ts
 * import { createBuilder, topological } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [], dtype: 'float32' });
 * console.log(topological([b.unary('exp', x)]).map(({ kind }) => kind)); // [ 'input', 'unary' ]
 * ```
 */
export const topological = (outputs: Iterable<Node>): readonly Node[] => {
  const order: Node[] = [];
  const seen = new Set<Node>();
  // An explicit stack: unrolled recurrent networks are deeper than the call stack.
  const stack: { node: Node; next: number }[] = [];
  const enter = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const output of outputs) {
    enter(output);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const operand = top.node.operands[top.next++];
      if (operand !== undefined) enter(operand);
      else order.push((stack.pop() as typeof top).node);
    }
  }
  return order;
};
