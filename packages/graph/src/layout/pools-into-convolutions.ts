// A pool that tiles the output of a convolution wants that output in parts: the elements that each tap of the pool
// reads, for all its windows. Each part is a convolution too, with larger strides. Where columns are cheap (the first
// layer: few channels), computing the parts straight away saves taking the large output apart, and, on the way back,
// putting its gradient together.
import type { Builder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import type { Window2d } from '../ir/window.ts';
import { maxTree, routeGradient, type MaxTree } from './max-tree.ts';
import { convolutionOf, pooledConvolutions, type Convolution } from './pooled-convolutions.ts';

export const poolsIntoConvolutions = (graph: Graph, b: Builder): Graph => {
  const pooled = pooledConvolutions(graph);
  return mapGraph(graph, b, (node, original) => {
    const [x] = original.operands;
    if (original.kind === 'pool2d' && x !== undefined && pooled.has(x)) {
      const pool = node as NodeOf<'pool2d'>;
      return parts(b, pool, pool.operands[0]).value;
    }
    if (original.kind === 'reduce' && isPooledGradient(x, pooled)) {
      const { op, operands, axes } = node as NodeOf<'reduce'>;
      return b.reduce(op, (operands[0] as NodeOf<'maxPool2dGradient'>).operands[0], axes);
    }
    if (original.kind === 'conv2dFilterGradient' && isPooledGradient(original.operands[1], pooled)) {
      return filterGradientOfParts(b, node as NodeOf<'conv2dFilterGradient'>);
    }
    return node;
  });
};

/** Sums what the parts say of the filter. */
const filterGradientOfParts = (
  b: Builder,
  { operands: [x, gradient], window }: NodeOf<'conv2dFilterGradient'>,
): Node => {
  const pool = gradient as NodeOf<'maxPool2dGradient'>;
  const gradients = routeGradient(b, parts(b, pool, pool.operands[1]), pool.operands[0]);
  return gradients
    .map((dy, tap): Node => b.conv2dFilterGradient(x, dy, partWindow(window, pool.window, tap)))
    .reduce((sum, part) => b.binary('add', sum, part));
};

/** The parts of the pooled convolution, and their maximum. */
const parts = (b: Builder, { window: pool }: { readonly window: Window2d }, x: Node): MaxTree => {
  const { node, bias } = convolutionOf(x) as Convolution;
  const [input, filter] = node.operands;
  const values = Array.from({ length: pool.size[0] * pool.size[1] }, (_, tap) => {
    const part = b.conv2d(input, filter, partWindow(node.window, pool, tap));
    return bias === undefined ? part : b.binary('add', part, bias);
  });
  return maxTree(b, values);
};

/** The window of a convolution at the positions that one tap of the pool reads. Its padding may be negative. */
const partWindow = (
  { size, strides, dilations, padding, input }: Window2d,
  pool: Window2d,
  tap: number,
): Window2d => {
  const [row, column] = [Math.floor(tap / pool.size[1]), tap % pool.size[1]];
  const stepped: [number, number] = [strides[0] * pool.strides[0], strides[1] * pool.strides[1]];
  const top = padding.top - row * strides[0];
  const left = padding.left - column * strides[1];
  const reach = (axis: 0 | 1): number =>
    (pool.output[axis] - 1) * stepped[axis] + (size[axis] - 1) * dilations[axis] + 1 - input[axis];
  return {
    size,
    strides: stepped,
    dilations,
    padding: { top, bottom: reach(0) - top, left, right: reach(1) - left },
    input,
    output: pool.output,
  };
};

const isPooledGradient = (node: Node | undefined, pooled: ReadonlySet<Node>): boolean =>
  node?.kind === 'maxPool2dGradient' && pooled.has(node.operands[1]);
