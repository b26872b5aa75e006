// Examples of what moves, joins, cuts and picks.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { int32 } from '@mapping-networks/core';
import {
  floats,
  gradients,
  halves,
  seeds,
  shapes,
  side,
  values,
  wholes,
  type Example$,
  type Shape,
} from './example.ts';

type Move = (x: tf.Tensor, shape: Shape, dice: readonly number[]) => tf.Tensor | tf.Tensor[];

const dice = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 });

/** Any shape, and numbers 0 … 3 to choose by. */
const moving = (f: Move, least = 1, most = 4): Example$ =>
  fc
    .tuple(shapes(least, most), dice, seeds)
    .map(([shape, rolled, seed]) => gradients([floats(shape, seed)], (x) => f(x, shape, rolled)));

const roll = (rolled: readonly number[], at: number): number => rolled[at % rolled.length] ?? 0;

const permutation = (shape: Shape, rolled: readonly number[]): number[] =>
  shape.map((_, axis) => axis).toSorted((a, b) => roll(rolled, a) - roll(rolled, b));

const joined = fc.tuple(shapes(1, 4), fc.nat(3), side, side, seeds);

/** Indices into an axis, of one or two axes of their own. */
const picks = (length: number, shape: Shape, seed: number): ReturnType<typeof wholes> =>
  wholes(shape, seed, 0, length);

export const MOVES: Readonly<Record<string, Example$>> = {
  clone: moving((x) => tf.clone(x)),
  concat: joined.map(([shape, at, first, second, seed]) => {
    const axis = at % shape.length;
    const parts = [first, second].map((length, i) => floats(shape.with(axis, length), seed + i));
    return gradients(parts, (...xs) => tf.concat(xs, axis));
  }),
  expandDims: moving((x, shape, rolled) => tf.expandDims(x, roll(rolled, 0) % (shape.length + 1)), 1, 3),
  mirrorPad: moving((x, shape, rolled) =>
    tf.mirrorPad(
      x,
      shape.map((length, axis) => [
        Math.min(roll(rolled, axis), length - 1),
        roll(rolled, axis + 4) % length,
      ]),
      'reflect',
    ),
  ),
  'mirrorPad, symmetric': moving((x, shape, rolled) =>
    tf.mirrorPad(
      x,
      shape.map((length, axis) => [Math.min(roll(rolled, axis), length), roll(rolled, axis + 4) % length]),
      'symmetric',
    ),
  ),
  stack: fc
    .tuple(shapes(1, 3), fc.nat(3), seeds)
    .map(([shape, at, seed]) =>
      gradients([floats(shape, seed), floats(shape, seed + 1)], (...xs) =>
        tf.stack(xs, at % (shape.length + 1)),
      ),
    ),
  pad: moving((x, shape, rolled) =>
    tf.pad(
      x,
      shape.map((_, axis) => [roll(rolled, axis), roll(rolled, axis + 4)]),
      0.5,
    ),
  ),
  reshape: moving((x) => tf.reshape(x, [-1])),
  tile: moving((x, shape, rolled) =>
    tf.tile(
      x,
      shape.map((_, axis) => 1 + (roll(rolled, axis) % 3)),
    ),
  ),
  broadcastTo: moving(
    (x, shape, rolled) =>
      tf.broadcastTo(x, [
        2,
        ...shape.map((length, axis) => (length === 1 ? 1 + roll(rolled, axis) : length)),
      ]),
    1,
    3,
  ),
  transpose: moving((x, shape, rolled) => tf.transpose(x, permutation(shape, rolled))),

  reverse: moving((x, shape, rolled) =>
    tf.reverse(
      x,
      shape.map((_, axis) => axis).filter((axis) => roll(rolled, axis) > 1),
    ),
  ),
  slice: moving((x, shape, rolled) => {
    const begin = shape.map((length, axis) => roll(rolled, axis) % length);
    const size = shape.map((length, axis) => 1 + (roll(rolled, axis + 4) % (length - (begin[axis] ?? 0))));
    return tf.slice(x, begin, size);
  }),
  split: fc.tuple(shapes(1, 4), fc.nat(3), side, side, seeds).map(([shape, at, first, second, seed]) => {
    const axis = at % shape.length;
    return gradients([floats(shape.with(axis, first + second), seed)], (x) =>
      tf.split(x, [first, second], axis),
    );
  }),
  stridedSlice: fc.tuple(shapes(1, 3), dice, seeds).map(([shape, rolled, seed]) =>
    values([floats(shape, seed)], (x) => {
      const back = shape.map((_, axis) => roll(rolled, axis) > 1);
      return tf.stridedSlice(
        x,
        shape.map((length, axis) => (back[axis] ? length - 1 : 0)),
        shape.map((length, axis) => (back[axis] ? -length - 1 : length)),
        shape.map((_, axis) => (1 + (roll(rolled, axis + 3) % 3)) * (back[axis] ? -1 : 1)),
      );
    }),
  ),
  // TensorFlow.js has no gradient where there is just one part.
  unstack: moving(
    (x, shape, rolled) => {
      const axis = roll(rolled, 0) % (shape.length + 1);
      return tf.unstack(tf.stack([x, tf.square(x)], axis), axis);
    },
    1,
    3,
  ),

  gather: fc.tuple(shapes(1, 3), shapes(1, 2), fc.nat(2), seeds).map(([shape, of, at, seed]) => {
    const axis = at % shape.length;
    return gradients([floats(shape, seed), picks(shape[axis] ?? 1, of, seed)], (x, indices) =>
      tf.gather(x, indices, axis),
    );
  }),
  'gather, batched': fc
    .tuple(side, shapes(1, 3), shapes(1, 2), fc.nat(2), seeds)
    .map(([batch, rest, of, at, seed]) => {
      const axis = 1 + (at % rest.length);
      const x = floats([batch, ...rest], seed);
      const indices = picks(x.shape[axis] ?? 1, [batch, ...of], seed);
      return values([x, indices], (...[a, b]) => tf.gather(a as tf.Tensor, b as tf.Tensor1D, axis, 1));
    }),
  oneHot: fc
    .tuple(shapes(1, 2), fc.integer({ min: 2, max: 5 }), seeds)
    .map(([shape, depth, seed]) =>
      values([wholes(shape, seed, -1, 4)], (x) => [
        tf.oneHot(x, depth),
        tf.oneHot(x, depth, 0.5, -1, 'float32'),
      ]),
    ),
  where: fc
    .tuple(shapes(1, 4), seeds)
    .map(([shape, seed]) =>
      gradients([floats(shape, seed), floats(shape, seed + 1), wholes(shape, seed)], (a, b, n) =>
        tf.where(tf.greater(n, 0), a, b),
      ),
    ),
  'where, a number': fc
    .tuple(shapes(1, 4), seeds)
    .map(([shape, seed]) =>
      values([halves(shape, seed)], (x) => tf.where(tf.greater(x, 0), tf.scalar(2), x)),
    ),
  unsortedSegmentSum: fc
    .tuple(shapes(1, 3), side, seeds)
    .map(([shape, segments, seed]) =>
      gradients([floats(shape, seed), wholes([shape[0] ?? 1], seed, 0, segments)], (x, ids) =>
        tf.unsortedSegmentSum(x, ids as tf.Tensor1D, segments),
      ),
    ),

  fill: moving((x, shape) => tf.mul(x, tf.fill([...shape], 3))),
  linspace: fc.constant(values([int32(Int32Array.of(2))], (n) => tf.mul(n, tf.linspace(0, 1, 7)))),
  onesLike: moving((x) => tf.sub(tf.onesLike(x), x)),
  range: fc.constant(
    values([int32(Int32Array.of(2))], (n) => [
      tf.mul(n, tf.range(0, 1, 0.1)),
      tf.mul(n, tf.range(5, 1, -2, 'int32')),
    ]),
  ),
  zerosLike: moving((x) => tf.sub(tf.zerosLike(x), x)),
};
