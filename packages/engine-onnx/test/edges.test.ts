// Numbers, shapes and wirings that are rare: what TensorFlow.js' cpu backend makes of them, the engine makes of them too.
import { float32, type NamedArrays } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computedBy, expectAgreement, openEngines } from './against-cpu.ts';

const engines = openEngines();

const EXTREMES = [
  Number.NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1e-40,
  -1e-40,
  3.4e38,
  -3.4e38,
  1,
  -1,
  0.5,
  100,
  -100,
];

// Two differences are meant: sign(NaN) is NaN where TensorFlow.js has 0, and the step of a subnormal number is between
// 0 and 1.
const numbers = (x: tf.Tensor): tf.Tensor => tf.where(tf.isNaN(x), tf.zerosLike(x), x);
const normal = (x: tf.Tensor): tf.Tensor => tf.where(tf.less(tf.abs(x), 1e-38), tf.zerosLike(x), x);

type Compute = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor | readonly tf.Tensor[];

const pairs = EXTREMES.flatMap((x) => EXTREMES.map((y) => [x, y] as const));
const arrays: NamedArrays = {
  x: float32(Float32Array.from(pairs, ([x]) => x)),
  y: float32(Float32Array.from(pairs, ([, y]) => y)),
};

const example = (given: NamedArrays, compute: (...xs: tf.Tensor[]) => tf.Tensor | readonly tf.Tensor[]) => ({
  arrays: given,
  step: (inputs: Readonly<Record<string, tf.Tensor>>) =>
    Object.fromEntries([compute(...Object.values(inputs))].flat().map((output, i) => [`y${i}`, output])),
});

describe('NaN, infinities, zeros of both signs, numbers too small and too large', () => {
  const FUNCTIONS: Readonly<Record<string, Compute>> = {
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    div: tf.div,
    maximum: tf.maximum,
    minimum: tf.minimum,
    x·0: (x) => tf.mul(x, 0),
    'x·0 of a sum': (x, y) => tf.mul(tf.add(x, y), tf.zerosLike(x)),
    'x−x': (x) => tf.sub(x, x),
    'x/x': (x) => tf.div(x, x),
    'relu, gradient': (x, y) => tf.grad((v: tf.Tensor) => tf.relu(v))(normal(x), y),
    relu: (x) => tf.relu(x),
    relu6: (x) => tf.relu6(x),
    clip: (x) => tf.clipByValue(x, -1, 1),
    abs: (x) => tf.abs(x),
    sign: (x) => tf.sign(numbers(x)),
    square: (x) => tf.square(x),
    sqrt: (x) => tf.sqrt(tf.abs(x)),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(tf.abs(x)),
    sigmoid: (x) => tf.sigmoid(x),
    tanh: (x) => tf.tanh(x),
    softplus: (x) => tf.softplus(x),
    elu: (x) => tf.elu(x),
    leakyRelu: (x) => tf.leakyRelu(x, 0.2),
    step: (x) => tf.step(normal(x)),
    comparisons: (x, y) => [tf.greater(x, y), tf.lessEqual(x, y), tf.equal(x, y), tf.notEqual(x, y)],
    where: (x, y) => tf.where(tf.greater(x, y), x, y),
    isNaN: (x) => [tf.isNaN(x), tf.isInf(x), tf.isFinite(x)],
    sum: (x) => tf.sum(x),
    mean: (x) => tf.mean(x),
    prod: (x) => tf.prod(tf.slice(x, 0, 20)),
    softmax: (x) => tf.softmax(tf.reshape(x, [EXTREMES.length, -1])),
    logSoftmax: (x) => tf.logSoftmax(tf.reshape(x, [EXTREMES.length, -1])),
    floor: (x) => tf.floor(x),
    pow: (x) => tf.pow(x, tf.scalar(2)),
    matMul: (x, y) => tf.matMul(tf.reshape(x, [14, 14]), tf.reshape(y, [14, 14])),
  };
  it.each(Object.entries(FUNCTIONS))('%s', (_, compute) =>
    expectAgreement(engines(), [example(arrays, (x, y) => compute(x, y))]),
  );
});

describe('what is no number spreads through networks', () => {
  const image = (odd: number): NamedArrays => ({
    x: float32(
      Float32Array.from({ length: 2 * 36 * 16 }, (_, i) => (i === 100 ? odd : Math.sin(i))),
      [2, 6, 6, 16],
    ),
    filter: float32(
      Float32Array.from({ length: 9 * 16 * 16 }, (_, i) => Math.cos(i) / 9),
      [3, 3, 16, 16],
    ),
  });
  const conv = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor4D =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same');
  const NETWORKS: Readonly<Record<string, (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor>> = {
    conv,
    'conv, relu': (x, filter) => tf.relu(conv(x, filter)),
    'greatest of all': (x, filter) => tf.max(conv(x, filter), [1, 2]),
    'dense, relu': (x, filter) =>
      tf.relu(tf.add(tf.matMul(tf.reshape(x, [2, -1]), tf.reshape(filter, [576, 4])), 1)),
    softmax: (x, filter) => tf.logSoftmax(tf.mean(conv(x, filter), [1, 2])),
  };
  it.each(Object.entries(NETWORKS))('%s', (_, network) =>
    expectAgreement(
      engines(),
      [Number.NaN, Infinity, -Infinity].map((odd) => example(image(odd), (x, filter) => network(x, filter))),
    ),
  );

  const POOLS: typeof NETWORKS = {
    'pool, relu': (x, filter) => tf.relu(tf.maxPool(conv(x, filter), 2, 2, 'valid')),
    'relu, pool': (x, filter) => tf.maxPool(tf.relu(conv(x, filter)), 2, 2, 'valid'),
    'overlapping pool': (x, filter) => tf.maxPool(conv(x, filter), 3, 2, 'same'),
    'one channel': (x, filter) =>
      tf.maxPool(
        conv(tf.slice(x, [0, 0, 0, 4], [2, 6, 6, 1]), tf.slice(filter, 0, [3, 3, 1, 16])),
        2,
        2,
        'valid',
      ),
  };
  // TensorFlow.js passes over NaN in windows that hold numbers too: a network gone wrong would look sound.
  it.each(Object.entries(POOLS))('%s', async (_, network) => {
    for (const odd of [Number.NaN, Infinity]) {
      const given = image(odd);
      const { y0 } = await computedBy(
        engines().onnx,
        example(given, (x, filter) => network(x, filter)),
      );
      expect(y0?.data.some(Number.isFinite)).toBe(true);
      expect(y0?.data.some((value) => Number.isNaN(value) || value === Infinity)).toBe(true);
    }
  });
});
