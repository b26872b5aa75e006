// Examples of reductions.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { floats, gradients, halves, seeds, shapes, values, wholes, type Example$ } from './example.ts';

type Reduce = (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor;

const choices = fc.tuple(
  shapes(1, 4),
  fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  fc.boolean(),
  seeds,
);

/** Over some of the axes, or all. */
const axesOf = (shape: readonly number[], chosen: readonly boolean[]): number[] => {
  const axes = shape.map((_, axis) => axis).filter((axis) => chosen[axis]);
  return axes.length === 0 ? shape.map((_, axis) => axis) : axes;
};

const smooth = (f: Reduce): Example$ =>
  choices.map(([shape, chosen, keep, seed]) =>
    gradients([floats(shape, seed)], (x) => f(x, axesOf(shape, chosen), keep)),
  );

const exact = (f: Reduce): Example$ =>
  choices.map(([shape, chosen, keep, seed]) =>
    values([halves(shape, seed), wholes(shape, seed)], (x, n) => [
      f(x, axesOf(shape, chosen), keep),
      f(n, axesOf(shape, chosen), keep),
    ]),
  );

const bools = (f: Reduce): Example$ =>
  choices.map(([shape, chosen, keep, seed]) =>
    values([halves(shape, seed)], (x) => f(tf.greater(x, -1), axesOf(shape, chosen), keep)),
  );

const alongOne = (f: (x: tf.Tensor, axis: number) => tf.Tensor): Example$ =>
  fc
    .tuple(shapes(1, 4), fc.nat(3), seeds)
    .map(([shape, axis, seed]) => values([halves(shape, seed)], (x) => f(x, axis % shape.length)));

export const REDUCTIONS: Readonly<Record<string, Example$>> = {
  all: bools(tf.all),
  any: bools(tf.any),
  argMax: alongOne(tf.argMax),
  argMin: alongOne(tf.argMin),
  cumsum: fc
    .tuple(shapes(1, 4), fc.nat(3), fc.boolean(), fc.boolean(), seeds)
    .map(([shape, axis, exclusive, reverse, seed]) =>
      values([floats(shape, seed)], (x) => tf.cumsum(x, axis % shape.length, exclusive, reverse)),
    ),
  // TensorFlow.js' gradient along other axes has the axes in another order.
  'cumsum along the last axis': fc
    .tuple(shapes(1, 4), fc.boolean(), fc.boolean(), seeds)
    .map(([shape, exclusive, reverse, seed]) =>
      gradients([floats(shape, seed)], (x) => tf.cumsum(x, shape.length - 1, exclusive, reverse)),
    ),
  logSoftmax: smooth((x) => tf.logSoftmax(x)),
  logSumExp: smooth(tf.logSumExp),
  max: smooth(tf.max),
  'max of equal numbers': exact(tf.max),
  mean: smooth(tf.mean),
  'mean of whole numbers': exact(tf.mean),
  min: smooth(tf.min),
  'min of equal numbers': exact(tf.min),
  moments: smooth((x, axes, keepDims) => tf.moments(x, axes, keepDims).variance),
  prod: exact(tf.prod),
  softmax: smooth((x) => tf.softmax(x)),
  sum: smooth(tf.sum),
  'sum of whole numbers': exact(tf.sum),
  'sum of bools': bools(tf.sum),
};
