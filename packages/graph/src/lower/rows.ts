// Operations on slices that integers name.
import { sizeOf } from '@mapping-networks/core';
import type { GatherNode, OneHotNode, SegmentSumNode } from '../ir/node.ts';
import { int, type Emitter, type Value } from './emitter.ts';
import { casted, filled, isEmpty, reshaped, type Scope } from './scope.ts';
import { segmentTables } from './segment-tables.ts';

/**
 * Slices of x at the indices. Gather copies slice by slice, which is slow for slices of one number: those of a vector
 * are left to GatherElements.
 */
const gather = (e: Emitter, x: Value, indices: Value, axis = 0): Value => {
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape);
  if (x.shape.some((side, at) => at !== axis && side !== 1)) {
    return e.emit('Gather', [x, indices], { dtype: x.dtype, shape }, { axis: int(axis) });
  }
  const flat = reshaped(e, indices, [sizeOf(indices.shape)]);
  const vector = reshaped(e, x, [sizeOf(x.shape)]);
  const taken = { dtype: x.dtype, shape: flat.shape };
  return reshaped(e, e.emit('GatherElements', [vector, flat], taken, { axis: int(0) }), shape);
};

export const lowerGather = ({ operands, axis }: GatherNode, scope: Scope): Value =>
  gather(scope, scope.value(operands[0]), scope.value(operands[1]), axis);

/** By comparison with 0, 1, …: ONNX's OneHot counts negative indices from the end. */
export const lowerOneHot = ({ operands, depth, on, off, type }: OneHotNode, scope: Scope): Value => {
  const indices = scope.value(operands[0]);
  const positions = scope.tensor(
    'positions',
    Int32Array.from({ length: depth }, (_, i) => i),
    {
      dtype: 'int32',
      shape: [depth],
    },
  );
  const column = reshaped(scope, indices, [...indices.shape, 1]);
  const hot = scope.emit('Equal', [column, positions], { dtype: 'bool', shape: type.shape });
  if (on === 1 && off === 0) return casted(scope, hot, type.dtype);
  return scope.emit('Where', [hot, scope.scalar(on, 'float32'), scope.scalar(off, 'float32')], type);
};

export const lowerSegmentSum = (node: SegmentSumNode, scope: Scope): Value => {
  const [x, indices] = node.operands;
  if (isEmpty(x.type.shape)) return filled(scope, 0, node.type.dtype, node.type.shape);
  return indices.kind === 'constant' ? gathered(node, indices.data, scope) : scattered(node, scope);
};

/** Σ over gathered rows, for each class of segments of about the same size. */
const gathered = (
  { operands, segments, type }: SegmentSumNode,
  indices: ArrayLike<number>,
  scope: Scope,
): Value => {
  const x = scope.value(operands[0]);
  const { dtype } = type;
  const rest = x.shape.slice(1);
  const rows = x.shape[0] ?? 0;
  const { tables, order, padded } = segmentTables(indices, segments, rows);
  const zero = filled(scope, 0, dtype, [1, ...rest]);
  const source = padded
    ? scope.emit('Concat', [x, zero], { dtype, shape: [rows + 1, ...rest] }, { axis: int(0) })
    : x;
  const sums = tables.map(({ width, data }) => {
    const shape = [data.length / width, width];
    const table = scope.tensor('rows', data, { dtype: 'int32', shape });
    const terms = gather(scope, source, table);
    const summed = { dtype, shape: [data.length / width, ...rest] };
    return scope.emit('ReduceSum', [terms, scope.integers([1])], summed, { keepdims: int(0) });
  });
  const [only = zero] = sums;
  const all = sums.length === 1 ? only : scope.emit('Concat', sums, type, { axis: int(0) });
  if (order === undefined) return all;
  const positions = scope.tensor('order', order, { dtype: 'int32', shape: [segments] });
  return gather(scope, all, positions);
};

/** Into a row of its own goes what has no segment; it is cut off. */
const scattered = ({ operands, segments, type }: SegmentSumNode, scope: Scope): Value => {
  const [x, indices] = [scope.value(operands[0]), scope.value(operands[1])];
  const { dtype } = type;
  const flag = { dtype: 'bool', shape: indices.shape } as const;
  const below = scope.emit('Less', [indices, scope.scalar(0, 'int32')], flag);
  const above = scope.emit('Greater', [indices, scope.scalar(segments, 'int32')], flag);
  const outside = scope.emit('Or', [below, above], flag);
  const valid = scope.emit('Where', [outside, scope.scalar(segments, 'int32'), indices], indices);
  const [count = 0, ...rest] = x.shape;
  const places = scope.emit('Cast', [valid], { dtype: 'int64', shape: valid.shape }, { to: int(7) });
  const column = scope.emit('Reshape', [places, scope.integers([count, 1])], {
    dtype: 'int64',
    shape: [count, 1],
  });
  const extended = { dtype, shape: [segments + 1, ...rest] };
  const zeros = filled(scope, 0, dtype, extended.shape);
  const sums = scope.emit('ScatterND', [zeros, column, x], extended, {
    reduction: { type: 'string', value: 'add' },
  });
  return scope.emit('Slice', [sums, ...[[0], [segments], [0]].map(scope.integers)], type);
};
