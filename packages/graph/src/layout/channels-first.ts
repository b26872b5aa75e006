// The layout that other tools know, for networks that leave this project: images `[N, C, H, W]`, convolutions and pools
// as ONNX has them. Slower in training than the batch-innermost one, which takes what this one cannot say.
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { isSpatial } from '../ir/kinds.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import { conv2dByColumns, filterGradient, inputGradientByColumns, isPlain } from './convolution.ts';
import type { Expansions } from './lay-out.ts';
import { averagePool2dGradient, maxPool2dGradient, pool2d } from './pooling.ts';

/** `[N, H, W, C]` → `[N, C, H, W]`. */
const toFirst = (b: Builder, x: Node): Node => b.transpose(x, [0, 3, 1, 2]);

/** `[N, C, H, W]` → `[N, H, W, C]`. */
const toLast = (b: Builder, x: Node): Node => b.transpose(x, [0, 2, 3, 1]);

const conv2d = (b: Builder, node: NodeOf<'conv2d'>): Node => {
  const { operands, window } = node;
  if (!isPlain(window)) return conv2dByColumns(b, node);
  const { strides, dilations, padding } = window;
  const y = b.make({
    kind: 'crossCorrelation',
    operands: [toFirst(b, operands[0]), b.transpose(operands[1], [3, 2, 0, 1])],
    strides,
    dilations,
    before: [padding.top, padding.left],
    after: [padding.bottom, padding.right],
  });
  return toLast(b, y);
};

const pool = (b: Builder, node: NodeOf<'pool2d'>): Node => {
  const { op, operands, window } = node;
  const { size, strides, dilations, padding } = window;
  if (!isPlain(window) || dilations.some((step) => step !== 1)) return pool2d(b, node);
  const y = b.make({
    kind: 'pool',
    op,
    operands: [toFirst(b, operands[0])],
    size,
    strides,
    before: [padding.top, padding.left],
    after: [padding.bottom, padding.right],
  });
  return toLast(b, y);
};

const EXPAND: Expansions = {
  averagePool2dGradient,
  conv2d,
  conv2dFilterGradient: filterGradient,
  conv2dInputGradient: inputGradientByColumns,
  maxPool2dGradient,
  pool2d: pool,
};

/** The graph without spatial kinds; between spatial nodes values are `[N, C, H, W]` once the graph is simplified. */
export const layOutChannelsFirst = (graph: Graph, builder: Builder): Graph =>
  mapGraph(graph, builder, (node) => {
    if (!isSpatial(node)) return node;
    if (sizeOf(node.type.shape) === 0) return builder.fill(0, node.type.shape);
    const expand = EXPAND[node.kind] as (b: Builder, node: Node, options: object) => Node;
    return expand(builder, node, {});
  });
