// What moves, repeats or joins elements and computes nothing.
import { util } from '@tensorflow/tfjs-core';
import type {
  CastAttrs,
  ConcatAttrs,
  ExpandDimsAttrs,
  MirrorPadAttrs,
  PackAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  TileAttrs,
  TransposeAttrs,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '@mapping-networks/core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import { supportedType } from '../supported-type.ts';
import { kernel, ofList, ofOne, type Kernels } from '../kernel.ts';

const tiled = (b: Builder, x: Node, repetitions: readonly number[]): Node => {
  const { shape } = x.type;
  const whole = shape.map((side, axis) => side * (repetitions[axis] ?? 1));
  if (shape.every((side, axis) => side === 1 || repetitions[axis] === 1)) return b.broadcast(x, whole);
  const apart = b.reshape(
    x,
    shape.flatMap((side) => [1, side]),
  );
  const repeated = shape.flatMap((side, axis) => [repetitions[axis] ?? 1, side]);
  return b.reshape(b.broadcast(apart, repeated), whole);
};

/** Indices of the elements of a mirrored axis: `offset` 0 leaves out the edge itself, 1 repeats it. */
const mirrored = (side: number, [before, after]: readonly [number, number], offset: 0 | 1): Int32Array =>
  Int32Array.from({ length: before + side + after }, (_, at) => {
    const i = at - before;
    if (i < 0) return -i - offset;
    return i >= side ? 2 * (side - 1) - i + offset : i;
  });

export const SHAPES: Kernels = {
  Cast: ofOne<CastAttrs>((b, x, { dtype }) => b.cast(x, supportedType(dtype))),
  Concat: ofList<ConcatAttrs>((b, xs, { axis }) => {
    // TensorFlow.js lets arrays without elements through, whatever their shape.
    const filled = xs.filter(({ type }) => sizeOf(type.shape) > 0);
    const parts = filled.length > 0 ? filled : xs.slice(0, 1);
    const [first = 0] = util.parseAxisParam(axis, [...(parts[0]?.type.shape ?? [])]);
    return b.concat(parts, first);
  }),
  ExpandDims: kernel<{ input: Node }, ExpandDimsAttrs>((b, { input }, { dim }) => {
    const { shape } = input.type;
    return b.reshape(input, shape.toSpliced(dim < 0 ? shape.length + dim + 1 : dim, 0, 1));
  }),
  Identity: ofOne((_, x) => x),
  MirrorPad: ofOne<MirrorPadAttrs>((b, x, { paddings, mode }) =>
    paddings.reduce((padded, sides, axis) => {
      if (sides.every((side) => side === 0)) return padded;
      const indices = mirrored(x.type.shape[axis] ?? 0, sides, mode === 'symmetric' ? 1 : 0);
      return b.gather(padded, b.constant(indices, [indices.length]), axis);
    }, x),
  ),
  Pack: ofList<PackAttrs>((b, xs, { axis }) => {
    const along = axis < 0 ? (xs[0]?.type.shape.length ?? 0) + axis + 1 : axis;
    return b.concat(
      xs.map((x) => b.reshape(x, x.type.shape.toSpliced(along, 0, 1))),
      along,
    );
  }),
  PadV2: ofOne<PadV2Attrs>((b, x, { paddings, constantValue }) =>
    b.pad(
      x,
      paddings.map(([before]) => before),
      paddings.map(([, after]) => after),
      constantValue,
    ),
  ),
  Reshape: ofOne<ReshapeAttrs>((b, x, { shape }) =>
    b.reshape(x, util.inferFromImplicitShape(shape, sizeOf(x.type.shape))),
  ),
  Tile: ofOne<TileAttrs>((b, x, { reps }) => tiled(b, x, reps)),
  Transpose: ofOne<TransposeAttrs>((b, x, { perm }) => b.transpose(x, perm)),
};
