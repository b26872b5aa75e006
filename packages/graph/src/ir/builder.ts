// Makes the nodes of one graph. Equal drafts give the same object, so that a subexpression that occurs twice is one
// node, and comparing nodes is comparing references. What changes nothing (a reshape to the same shape) is not made.
import { sizeOf } from '@mapping-networks/core';
import { invalidNode } from '../errors.ts';
import type { AnyDraft } from './draft.ts';
import { createHashConsing } from './hash-consing.ts';
import type { InputNode, Node, NodeOf } from './node.ts';
import type { BinaryOp, ReduceOp, UnaryOp } from './op-names.ts';
import type { MaxPool2dGradientNode, Pool2dNode } from './spatial-nodes.ts';
import { sameShape } from './same-shape.ts';
import { uniformValue } from './uniform.ts';
import type { DType, ElementArray, ValueType } from './value-type.ts';
import type { Window2d } from './window.ts';

/** One number an axis (sides, places, strides), or some axes by their numbers, counted from 0. */
export type Axes = readonly number[];

/** Makes nodes; one for each graph. All operands must be its own. The interfaces of the nodes say more. */
export interface Builder {
  /** The node of a draft, as it stands; the others call it unless nothing has to be made. */
  make<D extends AnyDraft>(draft: D): NodeOf<D['kind']>;
  /** @throws GRAPH_INVALID_NODE when the name is taken by an input of another type */
  input(name: string, type: ValueType): InputNode;
  /** Around the array, never copied; a `fill` where all its elements are the same. */
  constant(data: ElementArray, shape: Axes, dtype?: DType): Node;
  /** One number repeated; float32 unless said otherwise. */
  fill(value: number, shape: Axes, dtype?: DType): Node;
  /** A `fill` of shape `[]`. */
  scalar(value: number, dtype?: DType): Node;
  /** A function of one number, element by element. */
  unary(op: UnaryOp, x: Node): Node;
  /** A function of two numbers, element by element, with broadcasting. */
  binary(op: BinaryOp, a: Node, b: Node): Node;
  /** `condition ? a : b`, element by element, with broadcasting. */
  select(condition: Node, a: Node, b: Node): Node;
  /** To another element type. */
  cast(x: Node, dtype: DType): Node;
  /** Matrix product over the last two axes. */
  matMul(a: Node, b: Node, transposeA?: boolean, transposeB?: boolean): Node;
  /** Axes in any order. */
  reduce(op: ReduceOp, x: Node, axes: Axes): Node;
  /** Index of the first extreme element along an axis. */
  argExtreme(op: 'max' | 'min', x: Node, axis: number): Node;
  /** The same elements in another shape. */
  reshape(x: Node, shape: Axes): Node;
  /** Axes in another order. */
  transpose(x: Node, permutation: Axes): Node;
  /** Stretched to a shape. */
  broadcast(x: Node, shape: Axes): Node;
  /** One behind the other along an axis. */
  concat(xs: readonly Node[], axis: number): Node;
  /** `size` elements from `begin`, in steps that may be negative. */
  slice(x: Node, begin: Axes, size: Axes, strides?: Axes): Node;
  /** `value` around x. */
  pad(x: Node, before: Axes, after: Axes, value: number): Node;
  /** Slices along an axis at indices. */
  gather(x: Node, indices: Node, axis: number): Node;
  /** Sums of the rows that have the same index. */
  segmentSum(x: Node, indices: Node, segments: number): Node;
  /** `on` (1) at the index along a new last axis, `off` (0) elsewhere. */
  oneHot(indices: Node, depth: number, on?: number, off?: number): Node;
  /** Running sum along an axis. */
  cumulativeSum(x: Node, axis: number, exclusive?: boolean, reverse?: boolean): Node;
  /** Cross-correlation of images with a filter. */
  conv2d(x: Node, filter: Node, window: Window2d): Node;
  /** Gradient of conv2d in x. */
  conv2dInputGradient(dy: Node, filter: Node, window: Window2d): Node;
  /** Gradient of conv2d in the filter. */
  conv2dFilterGradient(x: Node, dy: Node, window: Window2d): Node;
  /** Extreme or mean of each window. */
  pool2d(op: Pool2dNode['op'], x: Node, window: Window2d): Node;
  /** Gradient of a max pool in x. */
  maxPool2dGradient(dy: Node, x: Node, window: Window2d): MaxPool2dGradientNode;
  /** Gradient of an average pool in x. */
  averagePool2dGradient(dy: Node, window: Window2d): Node;
}

const dtypeOf = (data: ElementArray): DType =>
  data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'bool';

/** The number as an element of the type. */
const stored = (value: number, dtype: DType): number =>
  dtype === 'float32' ? Math.fround(value) : dtype === 'int32' ? value | 0 : Number(value !== 0);

/**
 * A builder without nodes.
 *
 * @example
 * ```ts
 * import { createBuilder } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [2, 3], dtype: 'float32' });
 * console.log(b.unary('exp', x) === b.unary('exp', x), b.reshape(x, [2, 3]) === x); // true true
 * ```
 */
export const createBuilder = (): Builder => {
  const make = createHashConsing();
  const names = new Map<string, InputNode>();

  const fill = (value: number, shape: Axes, dtype: DType = 'float32'): Node =>
    make({ kind: 'fill', operands: [], value: stored(value, dtype), type: { shape, dtype } });

  return {
    make,
    input: (name, type) => {
      const known = names.get(name);
      const node = make({ kind: 'input', operands: [], name, type });
      if (known !== undefined && known !== node)
        throw invalidNode('input', `'${name}' has another type already`);
      names.set(name, node);
      return node;
    },
    constant: (data, shape, dtype = dtypeOf(data)) => {
      const type: ValueType = { shape, dtype };
      const value = data.length === sizeOf(shape) ? uniformValue(data) : undefined;
      return value === undefined
        ? make({ kind: 'constant', operands: [], data, type })
        : fill(value, shape, type.dtype);
    },
    fill,
    scalar: (value, dtype) => fill(value, [], dtype),
    unary: (op, x) => make({ kind: 'unary', op, operands: [x] }),
    binary: (op, a, b) => make({ kind: 'binary', op, operands: [a, b] }),
    select: (condition, a, b) => make({ kind: 'select', operands: [condition, a, b] }),
    cast: (x, dtype) =>
      x.type.dtype === dtype
        ? x
        : make({ kind: 'cast', operands: [x], type: { shape: x.type.shape, dtype } }),
    matMul: (a, b, transposeA = false, transposeB = false) =>
      make({ kind: 'matMul', operands: [a, b], transposeA, transposeB }),
    reduce: (op, x, axes) =>
      axes.length === 0
        ? x
        : make({ kind: 'reduce', op, operands: [x], axes: axes.toSorted((a, b) => a - b) }),
    argExtreme: (op, x, axis) => make({ kind: 'argExtreme', op, operands: [x], axis }),
    reshape: (x, shape) => {
      if (sameShape(x.type.shape, shape)) return x;
      const type: ValueType = { shape, dtype: x.type.dtype };
      return make({ kind: 'reshape', operands: [x], type });
    },
    transpose: (x, permutation) =>
      permutation.every((axis, i) => axis === i)
        ? x
        : make({ kind: 'transpose', operands: [x], permutation }),
    broadcast: (x, shape) => {
      if (sameShape(x.type.shape, shape)) return x;
      return make({ kind: 'broadcast', operands: [x], type: { shape, dtype: x.type.dtype } });
    },
    concat: (xs, axis) => {
      const [first] = xs;
      return first !== undefined && xs.length === 1 ? first : make({ kind: 'concat', operands: xs, axis });
    },
    slice: (x, begin, size, strides = begin.map(() => 1)) => {
      const whole = begin.every((first) => first === 0) && strides.every((stride) => stride > 0);
      if (whole && sameShape(x.type.shape, size)) return x;
      return make({
        kind: 'slice',
        operands: [x],
        begin,
        strides,
        type: { shape: size, dtype: x.type.dtype },
      });
    },
    pad: (x, before, after, value) =>
      [...before, ...after].every((side) => side === 0)
        ? x
        : make({ kind: 'pad', operands: [x], before, after, value }),
    gather: (x, indices, axis) => make({ kind: 'gather', operands: [x, indices], axis }),
    segmentSum: (x, indices, segments) => make({ kind: 'segmentSum', operands: [x, indices], segments }),
    oneHot: (indices, depth, on = 1, off = 0) =>
      make({ kind: 'oneHot', operands: [indices], depth, on, off }),
    cumulativeSum: (x, axis, exclusive = false, reverse = false) =>
      make({ kind: 'cumulativeSum', operands: [x], axis, exclusive, reverse }),
    conv2d: (x, filter, window) => make({ kind: 'conv2d', operands: [x, filter], window }),
    conv2dInputGradient: (dy, filter, window) =>
      make({ kind: 'conv2dInputGradient', operands: [dy, filter], window }),
    conv2dFilterGradient: (x, dy, window) =>
      make({ kind: 'conv2dFilterGradient', operands: [x, dy], window }),
    pool2d: (op, x, window) => make({ kind: 'pool2d', op, operands: [x], window }),
    maxPool2dGradient: (dy, x, window) => make({ kind: 'maxPool2dGradient', operands: [dy, x], window }),
    averagePool2dGradient: (dy, window) => make({ kind: 'averagePool2dGradient', operands: [dy], window }),
  };
};
