// The nodes of a graph: a closed union of pure operations on dense arrays. Everything that a step needs is said by
// few, small kinds; the recording backend takes TensorFlow.js' many kernels apart into them. Each table of this
// package (types, evaluation, lowering, …) has one row a kind, checked by the compiler: a new kind does not build
// until every table has its row.
//
// All nodes have the same outline: `kind`, `type` (of the result), `operands`, and the kind's own attributes.
import type { BinaryOp, ReduceOp, UnaryOp } from './op-names.ts';
import type {
  AveragePool2dGradientNode,
  Conv2dFilterGradientNode,
  Conv2dInputGradientNode,
  Conv2dNode,
  MaxPool2dGradientNode,
  Pool2dNode,
} from './spatial-nodes.ts';
import type { ElementArray, ValueType } from './value-type.ts';

/** What all nodes have: the name of their kind, the type of their result, and what they are computed from. */
export interface Typed<Kind extends string, Operands extends readonly Node[]> {
  readonly kind: Kind;
  readonly type: ValueType;
  readonly operands: Operands;
}

/** What a run is given, by name. */
export interface InputNode extends Typed<'input', readonly []> {
  readonly name: string;
}

/** Numbers known when the graph is made. */
export interface ConstantNode extends Typed<'constant', readonly []> {
  readonly data: ElementArray;
}

/** An array of one number repeated, however large: never stored. */
export interface FillNode extends Typed<'fill', readonly []> {
  readonly value: number;
}

/** Element by element. */
export interface UnaryNode extends Typed<'unary', readonly [x: Node]> {
  readonly op: UnaryOp;
}

/** Element by element; shapes broadcast as in numpy. */
export interface BinaryNode extends Typed<'binary', readonly [a: Node, b: Node]> {
  readonly op: BinaryOp;
}

/** `condition ? a : b`, element by element; shapes broadcast. */
export type SelectNode = Typed<'select', readonly [condition: Node, a: Node, b: Node]>;

/** To another element type: float to int truncates, to bool is ≠ 0. */
export type CastNode = Typed<'cast', readonly [x: Node]>;

/** Matrix product over the last two dimensions; the leading ones broadcast. */
export interface MatMulNode extends Typed<'matMul', readonly [a: Node, b: Node]> {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Over `axes` (increasing), which vanish. */
export interface ReduceNode extends Typed<'reduce', readonly [x: Node]> {
  readonly op: ReduceOp;
  readonly axes: readonly number[];
}

/** Index (int32) of the first extreme element along `axis`, which vanishes. */
export interface ArgExtremeNode extends Typed<'argExtreme', readonly [x: Node]> {
  readonly op: 'max' | 'min';
  readonly axis: number;
}

/** The same elements in the same order, in the shape of the type. */
export type ReshapeNode = Typed<'reshape', readonly [x: Node]>;

/** Axis i of the result is axis `permutation[i]` of the operand. */
export interface TransposeNode extends Typed<'transpose', readonly [x: Node]> {
  readonly permutation: readonly number[];
}

/** To the shape of the type, as numpy broadcasts. */
export type BroadcastNode = Typed<'broadcast', readonly [x: Node]>;

/** One operand behind the other along `axis`. */
export interface ConcatNode extends Typed<'concat', readonly Node[]> {
  readonly axis: number;
}

/** Elements `begin + i·stride` of each axis; strides may be negative, the size is that of the type. */
export interface SliceNode extends Typed<'slice', readonly [x: Node]> {
  readonly begin: readonly number[];
  readonly strides: readonly number[];
}

/** `value` around the operand. */
export interface PadNode extends Typed<'pad', readonly [x: Node]> {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
}

/**
 * Slices of `x` along `axis` at `indices` (int32, any shape), whose axes take the place of `axis`. Indices are those of
 * slices: what others give is undefined, or an error of the runtime.
 */
export interface GatherNode extends Typed<'gather', readonly [x: Node, indices: Node]> {
  readonly axis: number;
}

/** Row s of the result is the sum of the rows of `x` (axis 0) whose index is s; other indices are ignored. */
export interface SegmentSumNode extends Typed<'segmentSum', readonly [x: Node, indices: Node]> {
  readonly segments: number;
}

/** `on` where the index (int32) equals the position along a new last axis of size `depth`, else `off`. */
export interface OneHotNode extends Typed<'oneHot', readonly [indices: Node]> {
  readonly depth: number;
  readonly on: number;
  readonly off: number;
}

/** Running sum along an axis. */
export interface CumulativeSumNode extends Typed<'cumulativeSum', readonly [x: Node]> {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/**
 * Cross-correlation with channels first, of any number of spatial axes: x `[N, C, …]`, filter `[O, C, …]` →
 * `[N, O, …]`; ONNX's Conv. What the spatial kinds become once a layout is chosen.
 */
export interface CrossCorrelationNode extends Typed<'crossCorrelation', readonly [x: Node, filter: Node]> {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * Extreme or mean of each window with channels first, of any number of spatial axes: x `[N, C, …]` → `[N, C, …]`; ONNX's
 * MaxPool and AveragePool. What lies outside of x plays no part.
 */
export interface PoolNode extends Typed<'pool', readonly [x: Node]> {
  readonly op: 'average' | 'max';
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** One operation. Two nodes that say the same are the same object (see `builder`). */
export type Node =
  | ArgExtremeNode
  | AveragePool2dGradientNode
  | BinaryNode
  | BroadcastNode
  | CastNode
  | ConcatNode
  | ConstantNode
  | Conv2dFilterGradientNode
  | Conv2dInputGradientNode
  | Conv2dNode
  | CrossCorrelationNode
  | CumulativeSumNode
  | FillNode
  | GatherNode
  | InputNode
  | MatMulNode
  | MaxPool2dGradientNode
  | OneHotNode
  | PadNode
  | Pool2dNode
  | PoolNode
  | ReduceNode
  | ReshapeNode
  | SegmentSumNode
  | SelectNode
  | SliceNode
  | TransposeNode
  | UnaryNode;

/** Names of all kinds. */
export type Kind = Node['kind'];

/** The node of one kind. */
export type NodeOf<K extends Kind> = Extract<Node, { readonly kind: K }>;

/** A node without its type, which follows from the rest except where the kind's row in `typeOf` takes it as given. */
export type Draft<N extends Node = Node> = N extends Node ? Omit<N, 'type'> : never;

/** A table with one row a kind: how a pass treats each node. Leaving one out does not compile. */
export type Rules<Result, Extra extends readonly unknown[] = []> = {
  readonly [K in Kind]: (node: NodeOf<K>, ...extra: Extra) => Result;
};

/** Applies the row of the node's kind. */
export const applyRule = <Result, Extra extends readonly unknown[]>(
  rules: Rules<Result, Extra>,
  node: Node,
  ...extra: Extra
): Result => (rules[node.kind] as (node: Node, ...extra: Extra) => Result)(node, ...extra);
