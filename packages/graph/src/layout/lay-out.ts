// Chooses how spatial values lie in memory: every spatial node becomes primitives in the batch-innermost layout,
// between transpositions from and to TensorFlow.js' `[N, H, W, C]`. Those that meet cancel when the graph is simplified.
import type { Builder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { isSpatial, type SpatialKind } from '../ir/kinds.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import {
  conv2dByColumns,
  conv2dByCorrelation,
  filterGradient,
  inputGradientByColumns,
  inputGradientByCorrelation,
} from './convolution.ts';
import { poolsBeforeRelus } from './pools-before-relus.ts';
import { poolsIntoConvolutions } from './pools-into-convolutions.ts';
import { averagePool2dGradient, maxPool2dGradient, pool2d } from './pooling.ts';
import { chooseStrategies, type LayoutOptions, type Strategy } from './strategy.ts';

/** The graph without spatial kinds. */
export const layOut = (graph: Graph, builder: Builder, options: LayoutOptions = {}): Graph => {
  const reordered = poolsIntoConvolutions(poolsBeforeRelus(graph, builder), builder);
  const strategies = chooseStrategies(reordered, options);
  return mapGraph(reordered, builder, (node, original) => {
    if (!isSpatial(node)) return node;
    const strategy =
      original.kind === 'conv2d'
        ? strategies.convolution(original)
        : original.kind === 'conv2dInputGradient'
          ? strategies.inputGradient(original)
          : 'columns';
    return (EXPAND[node.kind] as (b: Builder, node: Node, strategy: Strategy) => Node)(
      builder,
      node,
      strategy,
    );
  });
};

/** One row a spatial kind: what it becomes. */
const EXPAND: { readonly [K in SpatialKind]: (b: Builder, node: NodeOf<K>, strategy: Strategy) => Node } = {
  averagePool2dGradient,
  conv2d: (b, node, strategy) =>
    strategy === 'columns' ? conv2dByColumns(b, node) : conv2dByCorrelation(b, node),
  conv2dFilterGradient: filterGradient,
  conv2dInputGradient: (b, node, strategy) =>
    strategy === 'columns' ? inputGradientByColumns(b, node) : inputGradientByCorrelation(b, node),
  maxPool2dGradient,
  pool2d,
};
