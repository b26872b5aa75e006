// Elements picked by indices or conditions.
import { util } from '@tensorflow/tfjs-core';
import type { GatherV2Attrs, OneHotAttrs, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import { supportedType } from '../supported-type.ts';
import { kernel, type Kernels } from '../kernel.ts';
import { widest } from './numbers.ts';

/**
 * Indices `[batch, …]` into an axis of each example, as indices into the axes of all examples end to end: row r of
 * example n is row n·side + r. What is no row of the example is no row at all, so that the runtime refuses it.
 */
const rowsOfAll = (b: Builder, indices: Node, batch: number, side: number): Node => {
  const firstRows = b.constant(
    Int32Array.from({ length: batch }, (_, n) => n * side),
    [batch, 1],
  );
  const inRange = b.binary(
    'logicalAnd',
    b.binary('greaterEqual', indices, b.scalar(0, 'int32')),
    b.binary('less', indices, b.scalar(side, 'int32')),
  );
  return b.select(inRange, b.binary('add', indices, firstRows), b.scalar(batch * side, 'int32'));
};

/** A gather of its own in each element of the leading axes, which x and indices share. */
const batchedGather = (b: Builder, x: Node, indices: Node, axis: number, batchDims: number): Node => {
  const { shape } = x.type;
  // The axis comes right behind the leading ones, then all of them are one.
  const order = shape.map((_, i) => i).filter((i) => i !== axis);
  const front = b.transpose(x, order.toSpliced(batchDims, 0, axis));
  const batch = sizeOf(shape.slice(0, batchDims));
  const side = shape[axis] ?? 0;
  const rest = front.type.shape.slice(batchDims + 1);
  const perBatch = sizeOf(indices.type.shape) / batch;
  const rows = rowsOfAll(b, b.reshape(indices, [batch, perBatch]), batch, side);
  const picked = b.gather(b.reshape(front, [batch * side, ...rest]), rows, 0);
  const taken = indices.type.shape.slice(batchDims);
  const whole = b.reshape(picked, [...shape.slice(0, batchDims), ...taken, ...rest]);
  // What stood between the leading axes and the axis goes back before the indices'.
  const between = axis - batchDims;
  const after = (i: number): number => batchDims + taken.length + i;
  const axes = whole.type.shape.map((_, i) => i);
  return b.transpose(whole, [
    ...axes.slice(0, batchDims),
    ...Array.from({ length: between }, (_, i) => after(i)),
    ...taken.map((_, i) => batchDims + i),
    ...axes.slice(after(between)),
  ]);
};

export const INDEXING: Kernels = {
  GatherV2: kernel<{ x: Node; indices: Node }, GatherV2Attrs>((b, { x, indices }, { axis, batchDims }) => {
    const [along = 0] = util.parseAxisParam(axis, [...x.type.shape]);
    const whole = b.cast(indices, 'int32');
    return batchDims ? batchedGather(b, x, whole, along, batchDims) : b.gather(x, whole, along);
  }),
  OneHot: kernel<{ indices: Node }, OneHotAttrs>((b, { indices }, { depth, onValue, offValue, dtype }) =>
    b.cast(b.oneHot(b.cast(indices, 'int32'), depth, onValue, offValue), supportedType(dtype)),
  ),
  Select: kernel<{ condition: Node; t: Node; e: Node }>((b, { condition, t, e }) => {
    const dtype = widest(t, e);
    const { shape } = condition.type;
    // A vector chooses rows.
    const rows = shape.length === 1 ? [...shape, ...t.type.shape.slice(1).map(() => 1)] : shape;
    return b.select(b.cast(b.reshape(condition, rows), 'bool'), b.cast(t, dtype), b.cast(e, dtype));
  }),
  UnsortedSegmentSum: kernel<{ x: Node; segmentIds: Node }, UnsortedSegmentSumAttrs>(
    (b, { x, segmentIds }, { numSegments }) => {
      // Indices of several axes are those of as many leading axes of x, as one.
      const count = sizeOf(segmentIds.type.shape);
      const rest = x.type.shape.slice(segmentIds.type.shape.length);
      const rows = b.reshape(b.cast(x, 'float32'), [count, ...rest]);
      return b.segmentSum(rows, b.reshape(b.cast(segmentIds, 'int32'), [count]), numSegments);
    },
  ),
};
