// Computes a graph in plain loops: the reference that every lowering is compared with, and what constants are folded
// by. Clarity before speed.
import type { ArrayTensor, NamedArrays } from '@mapping-networks/core';
import { topological } from '../ir/graph.ts';
import type { Graph } from '../ir/graph.ts';
import { applyRule } from '../ir/node.ts';
import type { Node } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { EVALUATE } from './evaluate.ts';

/**
 * The outputs of a graph for these inputs, as fresh arrays; bools come out as int32. Sums are float64, each result is
 * stored in the type of its node. Takes graphs before and after `layOut` alike.
 *
 * @throws GRAPH_MISSING_INPUT when an input of the graph has no array
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { createBuilder, interpret } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [3], dtype: 'float32' });
 * const y = b.reduce('sum', b.unary('square', x), [0]);
 * const result = interpret({ inputs: [x], outputs: { y } }, { x: float32(Float32Array.of(1, 2, 3)) });
 * console.log(result['y']?.data); // Float32Array [14]
 * ```
 */
export const interpret = (graph: Graph, inputs: NamedArrays): NamedArrays => {
  const values = new Map<Node, ElementArray>();
  for (const node of topological(Object.values(graph.outputs))) {
    const operands = node.operands.map((operand) => values.get(operand) as ElementArray);
    values.set(node, applyRule(EVALUATE, node, operands, inputs));
  }
  return Object.fromEntries(
    Object.entries(graph.outputs).map(([name, node]) => [name, asTensor(node, values.get(node))]),
  );
};

const asTensor = ({ type }: Node, values: ElementArray | undefined): ArrayTensor => {
  const shape = type.shape;
  return type.dtype === 'float32'
    ? { dtype: 'float32', shape, data: Float32Array.from(values ?? []) }
    : { dtype: 'int32', shape, data: Int32Array.from(values ?? []) };
};
