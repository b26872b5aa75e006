// Chooses how spatial values lie in memory: every spatial node becomes primitives in the batch-innermost layout,
// between transpositions from and to TensorFlow.js' `[N, H, W, C]`. Those that meet cancel when the graph is simplified.
import { sizeOf } from '@mapping-networks/core';
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
import { strategyOf, type LayoutOptions } from './strategy.ts';

/**
 * The graph without spatial kinds, with nodes of the builder. Inputs and outputs keep their shapes, images
 * `[N, H, W, C]`; between spatial nodes values are `[C, H, W, N]` once the graph is simplified.
 *
 * @example
 * ```ts
 * import { createBuilder, layOut, topological } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [8, 4, 4, 3], dtype: 'float32' });
 * const window = { size: [2, 2], strides: [2, 2], dilations: [1, 1], input: [4, 4], output: [2, 2] } as const;
 * const y = b.pool2d('max', x, { ...window, padding: { top: 0, bottom: 0, left: 0, right: 0 } });
 * const { outputs } = layOut({ inputs: [x], outputs: { y } }, createBuilder());
 * console.log(topological(Object.values(outputs)).some(({ kind }) => kind === 'pool2d')); // false
 * ```
 */
export const layOut = (graph: Graph, builder: Builder, options: LayoutOptions = {}): Graph => {
  const reordered = poolsIntoConvolutions(poolsBeforeRelus(graph, builder), builder);
  return mapGraph(reordered, builder, (node) => {
    if (!isSpatial(node)) return node;
    // Of no images: nothing has to be computed, and no window fits.
    if (sizeOf(node.type.shape) === 0) return builder.fill(0, node.type.shape);
    const expand = EXPAND[node.kind] as (b: Builder, node: Node, options: LayoutOptions) => Node;
    return expand(builder, node, options);
  });
};

/** One row a spatial kind: what it becomes. */
export type Expansions = {
  readonly [K in SpatialKind]: (b: Builder, node: NodeOf<K>, options: LayoutOptions) => Node;
};

const EXPAND: Expansions = {
  averagePool2dGradient,
  conv2d: (b, node, options) =>
    strategyOf(node, options) === 'columns' ? conv2dByColumns(b, node) : conv2dByCorrelation(b, node),
  conv2dFilterGradient: filterGradient,
  conv2dInputGradient: (b, node, options) =>
    strategyOf(node, options) === 'columns'
      ? inputGradientByColumns(b, node)
      : inputGradientByCorrelation(b, node),
  maxPool2dGradient,
  pool2d,
};
