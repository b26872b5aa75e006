// Which way each convolution is computed: a cost model over what was measured. See convolution.ts for the two ways.
import { topological, type Graph } from '../ir/graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import { correlates, correlatesBack } from './convolution.ts';

/** How a convolution, or its gradient in x, is computed. */
export type Strategy = 'columns' | 'correlation';

/** Takes the choice from the cost model; for measurements and tests. */
export interface LayoutOptions {
  readonly convolution?: Strategy;
  readonly inputGradient?: Strategy;
}

/** Chooses for the nodes of one graph. */
export interface Strategies {
  readonly convolution: (node: NodeOf<'conv2d'>) => Strategy;
  readonly inputGradient: (node: NodeOf<'conv2dInputGradient'>) => Strategy;
}

export const chooseStrategies = (graph: Graph, forced: LayoutOptions): Strategies => {
  const columnsOf = new Set<string>();
  const ids = new Map<Node, number>();
  const nodes = topological(Object.values(graph.outputs));
  nodes.forEach((node, i) => ids.set(node, i));
  const key = (x: Node, window: object): string => `${ids.get(x)} ${JSON.stringify(window)}`;
  for (const node of nodes) {
    if (node.kind === 'conv2dFilterGradient') columnsOf.add(key(node.operands[0], node.window));
  }
  return {
    convolution: (node) => {
      if (!correlates(node.window)) return 'columns';
      return (
        forced.convolution ?? (columnsOf.has(key(node.operands[0], node.window)) ? 'columns' : 'correlation')
      );
    },
    inputGradient: ({ window }) =>
      correlatesBack(window) ? (forced.inputGradient ?? 'correlation') : 'columns',
  };
};
