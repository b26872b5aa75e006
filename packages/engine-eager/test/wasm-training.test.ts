// Everything that autodiff of ordinary networks calls has a kernel on the wasm backend and the gradients of
// the cpu backend: one operation at a time, then whole layers.
import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { expectLikeCpu, normal, withGradients } from './wasm-against-cpu.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;

const positive: Unary = (x) => tf.add(tf.abs(x), 0.5);
const gelu: Unary = (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));
const layerNorm: Unary = (x) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
};

const crossEntropy = (labels: tf.Tensor1D, classes: number, logits: tf.Tensor): tf.Tensor => {
  const wanted = tf.cast(tf.oneHot(labels, classes), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), 1)));
};

/** Every function gets a tensor of shape [6, 8]. */
const functions: Readonly<Record<string, Unary>> = {
  relu: tf.relu,
  relu6: tf.relu6,
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  elu: tf.elu,
  selu: tf.selu,
  softplus: tf.softplus,
  gelu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  sin: tf.sin,
  cos: tf.cos,
  exp: tf.exp,
  abs: tf.abs,
  square: tf.square,
  neg: tf.neg,
  sqrt: (x) => tf.sqrt(positive(x)),
  rsqrt: (x) => tf.rsqrt(positive(x)),
  reciprocal: (x) => tf.reciprocal(positive(x)),
  log: (x) => tf.log(positive(x)),
  log1p: (x) => tf.log1p(positive(x)),
  'pow with a number': (x) => tf.pow(positive(x), 3),
  'pow with a tensor': (x) => tf.pow(positive(x), tf.tanh(x)),
  clipByValue: (x) => tf.clipByValue(x, -0.5, 0.5),
  maximum: (x) => tf.maximum(x, tf.mul(x, -0.5)),
  minimum: (x) => tf.minimum(x, 0.3),
  'division of neighbours': (x) => tf.div(x, positive(tf.reverse(x, 1))),
  squaredDifference: (x) => tf.squaredDifference(x, tf.reverse(x, 0)),
  'broadcast sum': (x) => tf.add(x, tf.slice(x, [0, 0], [1, 8])),
  where: (x) => tf.where(tf.greater(normal([6, 8], 5), 0), tf.square(x), tf.mul(x, 0.1)),
  'dropout mask': (x) => tf.mul(x, tf.cast(tf.greater(normal([6, 8], 5), 0), 'float32')),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, 1),
  sum: (x) => tf.sum(x, 0),
  mean: (x) => tf.mean(x, [0, 1]),
  max: (x) => tf.max(x, 1),
  min: (x) => tf.min(x, 0),
  norm: (x) => tf.norm(x),
  cumsum: (x) => tf.cumsum(x, 1),
  transpose: (x) => tf.transpose(x),
  reshape: (x) => tf.reshape(x, [4, 12]),
  pad: (x) =>
    tf.pad(x, [
      [1, 2],
      [0, 3],
    ]),
  tile: (x) => tf.tile(x, [2, 3]),
  slice: (x) => tf.slice(x, [1, 2], [3, 4]),
  stridedSlice: (x) => tf.gather(x, tf.tensor1d([0, 2, 4], 'int32')),
  split: (x) => tf.add(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])),
  unstack: (x) => tf.addN(tf.unstack(x, 0)),
  stack: (x) => tf.stack([x, tf.square(x)], 1),
  concat: (x) => tf.concat([x, tf.sin(x)], 1),
  'gather of repeated rows': (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [0, 5],
          [5, 3],
        ],
        [2, 2],
        'int32',
      ),
    ),
  'gather of columns': (x) => tf.gather(x, tf.tensor1d([7, 0, 7], 'int32'), 1),
  'product with a one-hot matrix': (x) =>
    tf.matMul(tf.cast(tf.oneHot(tf.tensor1d([1, 0, 5], 'int32'), 6), 'float32'), x),
  'layer normalisation': layerNorm,
  attention: (x) => {
    const heads = tf.reshape(x, [2, 6, 4]);
    return tf.matMul(tf.softmax(tf.matMul(heads, heads, false, true)), heads);
  },
  'softmax cross-entropy': (x) => crossEntropy(tf.tensor1d([1, 0, 5, 7, 2, 2], 'int32'), 8, x),
  'sigmoid cross-entropy': (x) =>
    tf.losses.sigmoidCrossEntropy(tf.cast(tf.greater(normal([6, 8], 5), 0), 'float32'), x),
  'mean squared error': (x) => tf.losses.meanSquaredError(normal([6, 8], 5), x),
};

describe('operations of rank two', () => {
  it.each(Object.entries(functions))('%s', async (_name, f) => {
    await expectLikeCpu(() => withGradients(f, [normal([6, 8], 3)]));
  });
});

describe('layers', () => {
  it('batch normalisation from the statistics of the batch', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (x, gain, bias) => {
          const { mean, variance } = tf.moments(x, [0, 1, 2]);
          return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3))), gain), bias);
        },
        [normal([4, 5, 5, 16], 1), normal([16], 2), normal([16], 3)],
      ),
    );
  });

  it('batchNorm with given statistics', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (x, mean, gain) =>
          tf.batchNorm(
            x as tf.Tensor4D,
            mean as tf.Tensor1D,
            tf.ones([3]),
            tf.zeros([3]),
            gain as tf.Tensor1D,
          ),
        [normal([2, 4, 4, 3], 1), normal([3], 2), normal([3], 3)],
      ),
    );
  });

  it('an LSTM cell over three steps', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (x, input, recurrent, bias) => {
          let state: tf.Tensor = tf.zeros([4, 5]);
          let cell: tf.Tensor = tf.zeros([4, 5]);
          for (const step of tf.unstack(x, 1)) {
            const gates = tf.add(tf.add(tf.matMul(step, input), tf.matMul(state, recurrent)), bias);
            const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
            cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
            state = tf.mul(tf.sigmoid(o), tf.tanh(cell));
          }
          return state;
        },
        [normal([4, 3, 6], 1), normal([6, 20], 2), normal([5, 20], 3), normal([20], 4)],
      ),
    );
  });

  it('a small convolutional network with the loss of a classifier', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (filter1, bias1, filter2, weights) => {
          const x = normal([8, 14, 14, 1], 9) as tf.Tensor4D;
          const first = tf.relu(tf.add(tf.conv2d(x, filter1 as tf.Tensor4D, 1, 'valid'), bias1));
          const second = tf.relu(
            tf.conv2d(tf.maxPool(first as tf.Tensor4D, 2, 2, 'valid'), filter2 as tf.Tensor4D, 1, 'same'),
          );
          const pooled = tf.maxPool(second, 2, 2, 'valid');
          const logits = tf.matMul(tf.reshape(pooled, [8, -1]), weights);
          return crossEntropy(tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2], 'int32'), 5, logits);
        },
        [normal([3, 3, 1, 16], 1), normal([16], 2), normal([3, 3, 16, 8], 3), normal([72, 5], 4)],
      ),
    );
  });
});
