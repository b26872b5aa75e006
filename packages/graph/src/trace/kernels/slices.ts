// Parts of arrays.
import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import type {
  ReverseAttrs,
  SliceAttrs,
  SplitVAttrs,
  StridedSliceAttrs,
  TensorInfo,
  UnpackAttrs,
} from '@tensorflow/tfjs-core';
import type { Node } from '../../ir/node.ts';
import { kernel, ofOne, type Kernels } from '../kernel.ts';

/** The node as TensorFlow.js' own functions of shapes take it. */
const described = ({ type }: Node): TensorInfo => ({ dataId: {}, shape: [...type.shape], dtype: type.dtype });

const zeros = ({ type }: Node): readonly number[] => type.shape.map(() => 0);

export const SLICES: Kernels = {
  Reverse: ofOne<ReverseAttrs>((b, x, { dims }) => {
    const { shape } = x.type;
    const axes = util.parseAxisParam(dims, [...shape]);
    const turned = (axis: number): boolean => axes.includes(axis);
    return b.slice(
      x,
      shape.map((side, axis) => (turned(axis) ? side - 1 : 0)),
      shape,
      shape.map((_, axis) => (turned(axis) ? -1 : 1)),
    );
  }),
  Slice: ofOne<SliceAttrs>((b, x, { begin, size }) => {
    const [from = [], sizes = []] = slice_util.parseSliceParams(described(x), begin, size);
    return b.slice(x, from, sizes);
  }),
  SplitV: kernel<{ x: Node }, SplitVAttrs>((b, { x }, { numOrSizeSplits, axis }) => {
    const [along = 0] = util.parseAxisParam(axis, [...x.type.shape]);
    const sizes = backend_util.prepareSplitSize(described(x), numOrSizeSplits, along);
    return sizes.map((size, part) => {
      const begin = sizes.slice(0, part).reduce((sum, other) => sum + other, 0);
      return b.slice(x, zeros(x).with(along, begin), x.type.shape.with(along, size));
    });
  }),
  StridedSlice: ofOne<StridedSliceAttrs>((b, x, attributes) => {
    const info = slice_util.sliceInfo(
      [...x.type.shape],
      attributes.begin,
      attributes.end,
      attributes.strides,
      attributes.beginMask,
      attributes.endMask,
      attributes.ellipsisMask,
      attributes.newAxisMask,
      attributes.shrinkAxisMask,
    );
    const sizes = slice_util.computeOutShape(info.begin, info.end, info.strides);
    return b.reshape(b.slice(x, info.begin, sizes, info.strides), info.finalShape);
  }),
  Unpack: kernel<{ value: Node }, UnpackAttrs>((b, { value }, { axis }) => {
    const { shape } = value.type;
    const [along = 0] = util.parseAxisParam(axis, [...shape]);
    return Array.from({ length: shape[along] ?? 0 }, (_, i) =>
      b.reshape(b.slice(value, zeros(value).with(along, i), shape.with(along, 1)), shape.toSpliced(along, 1)),
    );
  }),
};
