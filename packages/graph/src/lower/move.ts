// Operations that move numbers and change none.
import { sizeOf } from '@mapping-networks/core';
import type { ConcatNode, PadNode, SliceNode, TransposeNode } from '../ir/node.ts';
import { int, ints, type Emitter, type Value } from './emitter.ts';
import { filled, isEmpty, reshaped, type Scope } from './scope.ts';

/** The same transpose of fewer axes: without sides of 1, axes that stay side by side as one. */
const merged = (
  shape: readonly number[],
  permutation: readonly number[],
): { readonly shape: readonly number[]; readonly permutation: readonly number[] } => {
  const groups: number[][] = [];
  for (const axis of permutation.filter((at) => shape[at] !== 1)) {
    const last = groups.at(-1)?.at(-1);
    const adjacent =
      last !== undefined && last < axis && shape.slice(last + 1, axis).every((side) => side === 1);
    if (adjacent) groups.at(-1)?.push(axis);
    else groups.push([axis]);
  }
  const inOrder = groups.toSorted(([a = 0], [b = 0]) => a - b);
  return {
    shape: inOrder.map((group) => group.reduce((product, axis) => product * (shape[axis] ?? 0), 1)),
    permutation: groups.map((group) => inOrder.indexOf(group)),
  };
};

/**
 * [a, b, c] → [c, b, a]. onnxruntime has quick loops for moving one axis only: a matrix is transposed, then rows change
 * places, by Gather, as its optimizer would join two transposes to the slow one again. The longer rows are moved.
 */
const turned = (e: Emitter, x: Value): Value => {
  const [a = 1, b = 1, c = 1] = x.shape;
  const { dtype } = x;
  const transposed = (y: Value, rows: number, columns: number): Value =>
    e.emit(
      'Transpose',
      [reshaped(e, y, [rows, columns])],
      { dtype, shape: [columns, rows] },
      { perm: ints([1, 0]) },
    );
  const swapped = (y: Value, outer: number, inner: number, width: number): Value => {
    const order = Int32Array.from(
      { length: outer * inner },
      (_, i) => (i % outer) * inner + Math.floor(i / outer),
    );
    const indices = e.tensor('order', order, { dtype: 'int32', shape: [order.length] });
    const shape = [order.length, width];
    return e.emit('Gather', [reshaped(e, y, shape), indices], { dtype, shape }, { axis: int(0) });
  };
  const turnedRows =
    a >= c ? swapped(transposed(x, a, b * c), b, c, a) : transposed(swapped(x, a, b, c), a * b, c);
  return reshaped(e, turnedRows, [c, b, a]);
};

/** Arrays from this size on are worth a table. */
const LARGE = 4096;

export const lowerTranspose = ({ operands, permutation, type }: TransposeNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  if (scope.conventional) return scope.emit('Transpose', [x], type, { perm: ints(permutation) });
  const least = merged(x.shape, permutation);
  const shape = least.permutation.map((axis) => least.shape[axis] ?? 0);
  const source = least.shape.length < x.shape.length ? reshaped(scope, x, least.shape) : x;
  const perm = source === x ? permutation : least.permutation;
  if (perm.every((axis, at) => axis === at)) return reshaped(scope, x, type.shape);
  if (least.permutation.join() === '2,1,0' && sizeOf(shape) >= LARGE) {
    return reshaped(scope, turned(scope, reshaped(scope, x, least.shape)), type.shape);
  }
  const moved = { dtype: x.dtype, shape: source === x ? type.shape : shape };
  return reshaped(scope, scope.emit('Transpose', [source], moved, { perm: ints(perm) }), type.shape);
};

export const lowerConcat = ({ operands, axis, type }: ConcatNode, scope: Scope): Value => {
  const parts = operands.filter((operand) => !isEmpty(operand.type.shape)).map((part) => scope.value(part));
  const [only] = parts;
  return only !== undefined && parts.length === 1
    ? only
    : scope.emit('Concat', parts, type, { axis: int(axis) });
};

export const lowerSlice = ({ operands, begin, strides, type }: SliceNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  const cut = x.shape.flatMap((side, axis) =>
    begin[axis] === 0 && strides[axis] === 1 && type.shape[axis] === side ? [] : [axis],
  );
  const starts = cut.map((axis) => begin[axis] ?? 0);
  const steps = cut.map((axis) => strides[axis] ?? 1);
  const ends = cut.map((axis, i) => {
    const step = steps[i] ?? 1;
    const end = (starts[i] ?? 0) + ((type.shape[axis] ?? 0) - 1) * step + Math.sign(step);
    // −1 would be the last element: before the first is written as further before.
    return end < 0 ? -(x.shape[axis] ?? 0) - 1 : end;
  });
  const vectors = [starts, ends, cut, ...(steps.every((step) => step === 1) ? [] : [steps])];
  return cut.length === 0 ? x : scope.emit('Slice', [x, ...vectors.map(scope.integers)], type);
};

export const lowerPad = ({ operands, before, after, value, type }: PadNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  if (isEmpty(x.shape)) return filled(scope, value, type.dtype, type.shape);
  return scope.emit('Pad', [x, scope.integers([...before, ...after]), scope.scalar(value, type.dtype)], type);
};
