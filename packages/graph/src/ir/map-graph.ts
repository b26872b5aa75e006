// One walk over a graph that makes another: operands first, each node once.
import type { Builder } from './builder.ts';
import { topological, type Graph } from './graph.ts';
import type { InputNode, Node } from './node.ts';
import { rebuild } from './rebuild.ts';

/**
 * The graph with each node replaced by what `rule` makes of it. The node that it is given stands on replaced operands;
 * `original` is the one in the graph.
 */
export const mapGraph = (
  graph: Graph,
  builder: Builder,
  rule: (node: Node, original: Node) => Node,
): Graph => {
  const replaced = new Map<Node, Node>();
  const now = (node: Node): Node => replaced.get(node) ?? node;
  const inputs = graph.inputs.map((input) => rebuild(input, [], builder) as InputNode);
  for (const node of topological(Object.values(graph.outputs))) {
    replaced.set(node, rule(rebuild(node, node.operands.map(now), builder), node));
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]): [string, Node] => [name, now(node)]);
  return { inputs, outputs: Object.fromEntries(outputs) };
};
