// Where the elements of a dense array lie. A transpose, a broadcast, a slice, a reduction: each is one walk over a
// shape with other strides, so that the evaluation of all of them is a single loop over a list of offsets.
import { sizeOf } from '@mapping-networks/core';

/** Distance between neighbours along each axis of a row-major array. */
export const rowMajorStrides = (shape: readonly number[]): number[] => {
  const strides = Array.from(shape, () => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
};

/** Strides that walk an array of shape `from` along the shape `to`, to which it broadcasts: 0 where it is repeated. */
export const broadcastStrides = (from: readonly number[], to: readonly number[]): number[] => {
  const strides = rowMajorStrides(from);
  const lead = to.length - from.length;
  return to.map((_, axis) => (from[axis - lead] === 1 ? 0 : (strides[axis - lead] ?? 0)));
};

/** The offset of each element of a shape, in row-major order, in an array with these strides. */
export const offsets = (shape: readonly number[], strides: readonly number[], start = 0): Int32Array => {
  const result = new Int32Array(sizeOf(shape));
  if (result.length === 0) return result;
  result[0] = start;
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const stride = strides[axis] as number;
    for (let at = filled; at < filled * (shape[axis] as number); at++) {
      result[at] = (result[at - filled] as number) + stride;
    }
    filled *= shape[axis] as number;
  }
  return result;
};
