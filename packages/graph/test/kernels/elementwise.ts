// Examples of functions that work element by element.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {
  broadcasting,
  floats,
  gradients,
  halves,
  seeds,
  shapes,
  values,
  wholes,
  type Example$,
} from './example.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Smooth on the range: with gradients. */
const smooth = (f: Unary, low = -2, high = 2): Example$ =>
  fc.tuple(shapes(), seeds).map(([shape, seed]) => gradients([floats(shape, seed, low, high)], f));

/** With jumps, on numbers that meet them. */
const jumping = (f: Unary): Example$ =>
  fc.tuple(shapes(), seeds).map(([shape, seed]) => values([halves(shape, seed)], f));

const whole = (f: Unary): Example$ =>
  fc.tuple(shapes(), seeds).map(([shape, seed]) => values([wholes(shape, seed)], f));

const pair = (f: Binary, low = -2, high = 2): Example$ =>
  fc
    .tuple(broadcasting, seeds)
    .map(([[a, b], seed]) => gradients([floats(a, seed, low, high), floats(b, seed + 1, low, high)], f));

/** For operations whose gradients TensorFlow.js does not sum over axes that were stretched. */
const alike = (f: Binary): Example$ =>
  fc
    .tuple(shapes(), seeds)
    .map(([shape, seed]) => gradients([floats(shape, seed), floats(shape, seed + 1)], f));

const jumpingPair = (f: Binary): Example$ =>
  fc.tuple(broadcasting, seeds).map(([[a, b], seed]) => values([halves(a, seed), halves(b, seed + 1)], f));

const wholePair = (f: Binary, low = -4): Example$ =>
  fc
    .tuple(broadcasting, seeds)
    .map(([[a, b], seed]) => values([wholes(a, seed), wholes(b, seed + 1, low)], f));

const positive: Unary = (x) => tf.greater(x, 0);

/** NaN and both infinities among the numbers. */
const withExtremes: Unary = (x) => tf.div(x, tf.relu(x));

export const ELEMENTWISE: Readonly<Record<string, Example$>> = {
  abs: smooth(tf.abs),
  'abs of whole numbers': whole(tf.abs),
  acos: smooth(tf.acos, -0.9, 0.9),
  acosh: smooth(tf.acosh, 1.2, 4),
  asin: smooth(tf.asin, -0.9, 0.9),
  asinh: smooth(tf.asinh, -5, 5),
  atan: smooth(tf.atan, -5, 5),
  atanh: smooth(tf.atanh, -0.9, 0.9),
  'cast to int32': smooth((x) => tf.cast(tf.cast(x, 'int32'), 'float32')),
  'cast of bools': jumping((x) => tf.cast(positive(x), 'float32')),
  'cast to bool': jumping((x) => tf.cast(tf.cast(x, 'bool'), 'int32')),
  ceil: jumping(tf.ceil),
  clipByValue: smooth((x) => tf.clipByValue(x, -0.5, 1)),
  cos: smooth(tf.cos, -10, 10),
  cosh: smooth(tf.cosh),
  elu: smooth(tf.elu),
  erf: smooth(tf.erf),
  exp: smooth(tf.exp),
  'exp of whole numbers': whole(tf.exp),
  expm1: smooth(tf.expm1),
  floor: jumping(tf.floor),
  isFinite: jumping((x) => tf.isFinite(withExtremes(x))),
  isInf: jumping((x) => tf.isInf(withExtremes(x))),
  isNaN: jumping((x) => tf.isNaN(withExtremes(x))),
  leakyRelu: smooth((x) => tf.leakyRelu(x, 0.2)),
  'leakyRelu, steep': smooth((x) => tf.leakyRelu(x, 1.5)),
  log: smooth(tf.log, 0.1, 4),
  log1p: smooth(tf.log1p, -0.5, 4),
  logicalNot: jumping((x) => tf.logicalNot(positive(x))),
  neg: smooth(tf.neg),
  'neg of whole numbers': whole(tf.neg),
  reciprocal: smooth(tf.reciprocal, 0.5, 3),
  relu: smooth(tf.relu),
  relu6: smooth(tf.relu6, -3, 9),
  round: jumping(tf.round),
  rsqrt: smooth(tf.rsqrt, 0.3, 4),
  selu: smooth(tf.selu),
  sigmoid: smooth(tf.sigmoid, -6, 6),
  sign: jumping(tf.sign),
  sin: smooth(tf.sin, -10, 10),
  sinh: smooth(tf.sinh),
  softplus: smooth(tf.softplus, -20, 20),
  sqrt: smooth(tf.sqrt, 0.2, 4),
  square: smooth(tf.square),
  step: jumping((x) => tf.step(x)),
  'step with a slope': jumping((x) => tf.step(x, 0.25)),
  tan: smooth(tf.tan, -1.2, 1.2),
  tanh: smooth(tf.tanh),

  add: pair(tf.add),
  'add of whole numbers': wholePair(tf.add),
  'add of bools': jumpingPair((a, b) => tf.add(positive(a), tf.cast(b, 'int32'))),
  'sum of several': smooth((x) => tf.addN([x, tf.square(x), tf.neg(x), x])),
  atan2: pair(tf.atan2, 0.2, 3),
  div: pair(tf.div, 0.5, 3),
  equal: jumpingPair(tf.equal),
  'equal of bools': jumpingPair((a, b) => tf.equal(positive(a), positive(b))),
  floorDiv: wholePair(tf.floorDiv, 1),
  greater: jumpingPair(tf.greater),
  greaterEqual: jumpingPair(tf.greaterEqual),
  less: jumpingPair(tf.less),
  lessEqual: wholePair(tf.lessEqual),
  logicalAnd: jumpingPair((a, b) => tf.logicalAnd(positive(a), positive(b))),
  logicalOr: jumpingPair((a, b) => tf.logicalOr(positive(a), positive(b))),
  maximum: alike(tf.maximum),
  'squaredDifference, broadcast': jumpingPair(tf.squaredDifference),
  'minimum of equal numbers': jumpingPair(tf.minimum),
  'maximum of equal numbers': jumpingPair(tf.maximum),
  minimum: alike(tf.minimum),
  mod: pair(tf.mod, 0.5, 3),
  'mod of whole numbers': wholePair(tf.mod, 1),
  mul: pair(tf.mul),
  notEqual: jumpingPair(tf.notEqual),
  pow: pair(tf.pow, 0.3, 2),
  prelu: pair((x, alpha) => tf.prelu(tf.add(x, tf.zerosLike(alpha)), alpha)),
  squaredDifference: alike(tf.squaredDifference),
  sub: pair(tf.sub),
  'sub of whole numbers': wholePair(tf.sub),
};
