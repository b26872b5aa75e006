// A pool that tiles the output of a convolution wants that output in parts: the elements that each tap of the pool
// reads, for all its windows. Each part is a convolution too, with larger strides. Where columns are cheap (the first
// layer: few channels), computing the parts straight away saves taking the large output apart, and, on the way back,
// putting its gradient together.
import type { Builder } from '../ir/builder.ts';
import { topological, type Graph } from '../ir/graph.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import type { Window2d } from '../ir/window.ts';
import { tiles } from './pooling.ts';
import { shares, tournament, type Bout } from './tournament.ts';

/** A convolution, with what is added to every position of its output. */
interface Convolution {
  readonly node: NodeOf<'conv2d'>;
  readonly bias?: Node;
}

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
  const gradients = shares(b, parts(b, pool, pool.operands[1]), pool.operands[0]);
  return gradients
    .map((dy, tap): Node => b.conv2dFilterGradient(x, dy, partWindow(window, pool.window, tap)))
    .reduce((sum, part) => b.binary('add', sum, part));
};

/** The parts of the pooled convolution, compared. */
const parts = (b: Builder, { window: pool }: { readonly window: Window2d }, x: Node): Bout => {
  const { node, bias } = convolutionOf(x) as Convolution;
  const [input, filter] = node.operands;
  const values = Array.from({ length: pool.size[0] * pool.size[1] }, (_, tap) => {
    const part = b.conv2d(input, filter, partWindow(node.window, pool, tap));
    return bias === undefined ? part : b.binary('add', part, bias);
  });
  return tournament(b, values);
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

/** conv2d(x, f), or conv2d(x, f) + a vector over channels. */
const convolutionOf = (value: Node): Convolution | undefined => {
  if (value.kind === 'conv2d') return { node: value };
  if (value.kind !== 'binary' || value.op !== 'add') return undefined;
  const [a, c] = value.operands;
  const [node, bias] = a.kind === 'conv2d' ? [a, c] : [c, a];
  const overChannels = bias.type.shape.slice(0, -1).every((side) => side === 1);
  return node.kind === 'conv2d' && overChannels ? { node, bias } : undefined;
};

/** The values that can be had in parts: nothing but pools of one window, and their gradients, see them whole. */
const pooledConvolutions = (graph: Graph): ReadonlySet<Node> => {
  const nodes = topological(Object.values(graph.outputs));
  const users = new Map<Node, Node[]>();
  for (const node of nodes) {
    for (const operand of new Set(node.operands)) users.set(operand, [...(users.get(operand) ?? []), node]);
  }
  const outputs = new Set(Object.values(graph.outputs));
  const usersOf = (node: Node): readonly Node[] => users.get(node) ?? [];
  const inner = (node: Node): boolean => !outputs.has(node);
  const suits = (value: Node): boolean => {
    const convolution = convolutionOf(value);
    const uses = usersOf(value);
    const window = poolWindow(uses[0]);
    if (convolution === undefined || window === undefined || !inner(value)) return false;
    if (!tiles(window) || reachesOut(window)) return false;
    const { node } = convolution;
    const { size } = node.window;
    const [, , c = 0, o = 0] = node.operands[1].type.shape;
    return (
      size[0] * size[1] * c <= o &&
      (node === value || (usersOf(node).length === 1 && inner(node))) &&
      uses.every((use) => poolWindow(use) !== undefined && sameWindow(poolWindow(use), window)) &&
      uses.every(
        (use) => use.kind === 'pool2d' || (inner(use) && usersOf(use).every((user) => takesParts(user, use))),
      )
    );
  };
  return new Set(nodes.filter(suits));
};

/** Whether windows read padding: a convolution at these positions would give numbers where the pool reads none. */
const reachesOut = ({ size, input, output }: Window2d): boolean =>
  [0, 1].some((axis) => (output[axis] ?? 0) * (size[axis] ?? 0) > (input[axis] ?? 0));

const poolWindow = (use: Node | undefined): Window2d | undefined =>
  use !== undefined && ((use.kind === 'pool2d' && use.op === 'max') || use.kind === 'maxPool2dGradient')
    ? use.window
    : undefined;

const sameWindow = (a: Window2d | undefined, b: Window2d): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a user of the pool's gradient can be given parts: a filter gradient, or a sum over all positions. */
const takesParts = (user: Node, gradient: Node): boolean =>
  (user.kind === 'conv2dFilterGradient' && user.operands[1] === gradient && user.operands[0] !== gradient) ||
  (user.kind === 'reduce' && user.op === 'sum' && user.axes.includes(1) && user.axes.includes(2));

const isPooledGradient = (node: Node | undefined, pooled: ReadonlySet<Node>): boolean =>
  node?.kind === 'maxPool2dGradient' && pooled.has(node.operands[1]);
