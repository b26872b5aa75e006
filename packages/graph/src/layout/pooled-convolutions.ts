// Which convolutions are computed in parts, one for each tap of the max pool over them (`pools-into-convolutions.ts`).
import { topological, type Graph } from '../ir/graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import { sameWindow, type Window2d } from '../ir/window.ts';
import { tiles } from './pooling.ts';

/** A convolution, with what is added to every position of its output. */
export interface Convolution {
  readonly node: NodeOf<'conv2d'>;
  readonly bias?: Node;
}

/** conv2d(x, f), or conv2d(x, f) + a vector over channels. */
export const convolutionOf = (value: Node): Convolution | undefined => {
  if (value.kind === 'conv2d') return { node: value };
  if (value.kind !== 'binary' || value.op !== 'add') return undefined;
  const [a, c] = value.operands;
  const [node, bias] = a.kind === 'conv2d' ? [a, c] : [c, a];
  const overChannels = bias.type.shape.slice(0, -1).every((side) => side === 1);
  return node.kind === 'conv2d' && overChannels ? { node, bias } : undefined;
};

/** The values that can be had in parts: nothing but pools of one window, and their gradients, see them whole. */
export const pooledConvolutions = (graph: Graph): ReadonlySet<Node> => {
  const users = usersIn(graph);
  const isPooled = (value: Node): boolean => {
    const convolution = convolutionOf(value);
    const window = poolWindow(users.of(value)[0]);
    return (
      convolution !== undefined &&
      window !== undefined &&
      tiles(window) &&
      !reachesOut(window) &&
      hasCheapColumns(convolution.node) &&
      hasNoUserBut(value, convolution.node, users) &&
      isReadByPoolsOnly(value, window, users) &&
      users.of(value).every((user) => user.kind === 'pool2d' || isTakenInParts(user, users))
    );
  };
  return new Set(topological(Object.values(graph.outputs)).filter(isPooled));
};

/** What reads the nodes of a graph. */
interface Users {
  of(node: Node): readonly Node[];
  /** Whether the node is a result of the graph. */
  isOutput(node: Node): boolean;
}

const usersIn = (graph: Graph): Users => {
  const results = Object.values(graph.outputs);
  const users = new Map<Node, Node[]>();
  for (const node of topological(results)) {
    for (const operand of new Set(node.operands)) users.set(operand, [...(users.get(operand) ?? []), node]);
  }
  const outputs = new Set(results);
  return { of: (node) => users.get(node) ?? [], isOutput: (node) => outputs.has(node) };
};

/** The window of a max pool or of its gradient. */
const poolWindow = (user: Node | undefined): Window2d | undefined =>
  user !== undefined && ((user.kind === 'pool2d' && user.op === 'max') || user.kind === 'maxPool2dGradient')
    ? user.window
    : undefined;

/** Whether windows read padding: a convolution at these positions would give numbers where the pool reads none. */
const reachesOut = ({ size, input, output }: Window2d): boolean =>
  [0, 1].some((axis) => (output[axis] ?? 0) * (size[axis] ?? 0) > (input[axis] ?? 0));

/** Whether what one position reads is no more than what it gives, as in a first layer. */
const hasCheapColumns = ({ operands: [, filter] }: NodeOf<'conv2d'>): boolean => {
  const [height = 0, width = 0, channels = 0, filters = 0] = filter.type.shape;
  return height * width * channels <= filters;
};

/** Whether the convolution is the value itself, or is read by the sum with its bias alone. */
const hasNoUserBut = (value: Node, convolution: Node, users: Users): boolean =>
  convolution === value || (users.of(convolution).length === 1 && !users.isOutput(convolution));

const isReadByPoolsOnly = (value: Node, window: Window2d, users: Users): boolean =>
  !users.isOutput(value) &&
  users.of(value).every((user) => {
    const other = poolWindow(user);
    return other !== undefined && sameWindow(other, window);
  });

/** Whether all users of the pool's gradient can be given parts. */
const isTakenInParts = (gradient: Node, users: Users): boolean =>
  !users.isOutput(gradient) && users.of(gradient).every((user) => takesParts(user, gradient));

/** A filter gradient, or a sum over all positions. */
const takesParts = (user: Node, gradient: Node): boolean =>
  (user.kind === 'conv2dFilterGradient' && user.operands[1] === gradient && user.operands[0] !== gradient) ||
  (user.kind === 'reduce' && user.op === 'sum' && user.axes.includes(1) && user.axes.includes(2));
