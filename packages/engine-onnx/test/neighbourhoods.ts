// What stands around convolutions in networks: what fusions and layouts look at before they change anything.
import * as tf from '@tensorflow/tfjs-core';
import { at, type Forward, type Shapes, type Tensors } from './network-example.ts';

const conv = (x: tf.Tensor, filter: tf.Tensor, stride = 1, pad: 'same' | 'valid' = 'same'): tf.Tensor =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad);

const max = (x: tf.Tensor, size = 2, stride = size): tf.Tensor =>
  tf.maxPool(x as tf.Tensor4D, size, stride, 'valid');

const avg = (x: tf.Tensor, size = 2): tf.Tensor => tf.avgPool(x as tf.Tensor4D, size, size, 'valid');

/** The convolution of x with f, and a bias. */
const biased = (t: Tensors, stride = 1): tf.Tensor =>
  tf.add(conv(at(t, 'x'), at(t, 'f'), stride), at(t, 'b'));

/** The names of what a network reads, and the network. */
type Row = readonly [reads: string, forward: Forward];

const after = (rest: (y: tf.Tensor) => tf.Tensor | readonly tf.Tensor[]): Row => [
  'x f b',
  (t) => rest(biased(t)),
];

const dense = (y: tf.Tensor): tf.Tensor => {
  const flat = tf.reshape(y, [y.shape[0] ?? 1, -1]);
  const width = flat.shape[1] ?? 1;
  return tf.matMul(flat, tf.reshape(tf.sin(tf.range(0, width * 5)), [width, 5]));
};

const normalized = (y: tf.Tensor): tf.Tensor => {
  const { mean, variance } = tf.moments(y, [0, 1, 2]);
  return tf.div(tf.sub(y, mean), tf.sqrt(tf.add(variance, 1e-3)));
};

const bordered = (y: tf.Tensor): tf.Tensor =>
  tf.pad(y, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);

/**
 * Over an image x, a filter f `[3, 3, c, o]`, a bias b, a filter g `[3, 3, o, o]`, one like f called h, and one like f
 * of 1 × 1 called s.
 */
export const NEIGHBOURHOODS: Readonly<Record<string, Row>> = {
  'conv, bias, relu, pool': after((y) => max(tf.relu(y))),
  'conv, bias, pool, relu': after((y) => tf.relu(max(y))),
  'conv, pool': ['x f', (t) => max(conv(at(t, 'x'), at(t, 'f')))],
  'conv with stride, pool': ['x f b', (t) => max(tf.relu(biased(t, 2)))],
  'relu before and after the pool': after((y) => tf.relu(max(tf.relu(y)))),
  'pool of a pool': after((y) => max(max(tf.relu(y)))),
  'overlapping pool': after((y) => max(tf.relu(y), 3, 2)),
  'pool that leaves a rest': after((y) => max(y, 3)),
  'pool of means': after((y) => avg(tf.relu(y))),
  'pool of a pool of means': after((y) => max(avg(y))),
  'conv and its pool': after((y) => [max(y), y]),
  'relu and its pool': after((y) => [max(tf.relu(y)), tf.relu(y)]),
  'one pool twice': after((y) => [max(y), tf.mul(max(y), 2)]),
  'several pools': after((y) => [max(y), max(y, 4), avg(y)]),
  'pool and tanh': after((y) => [max(y), tf.tanh(y)]),
  'conv, batch norm, relu, pool': ['x f', (t) => max(tf.relu(normalized(conv(at(t, 'x'), at(t, 'f')))))],
  'conv, pool, batch norm': ['x f', (t) => normalized(max(conv(at(t, 'x'), at(t, 'f'))))],
  'conv, pool, dense': after((y) => dense(tf.relu(max(y)))),
  'conv, dense': after((y) => dense(tf.relu(y))),
  'mean over positions': after((y) => tf.mean(tf.relu(y), [1, 2])),
  'greatest over positions': after((y) => tf.max(y, [1, 2])),
  'pool of a border': after((y) => max(bordered(y))),
  'two convs of one image': [
    'x f h',
    (t) => [
      max(conv(at(t, 'x'), at(t, 'f'))),
      tf.relu(conv(at(t, 'x'), at(t, 'h'))),
      conv(at(t, 'x'), at(t, 'h'), 2),
    ],
  ],
  'one filter twice': [
    'x f',
    (t) => [max(conv(at(t, 'x'), at(t, 'f'))), conv(at(t, 'x'), at(t, 'f'), 1, 'valid')],
  ],
  'one bias twice': [
    'x f b h',
    (t) => [
      max(tf.add(conv(at(t, 'x'), at(t, 'f')), at(t, 'b'))),
      tf.add(conv(at(t, 'x'), at(t, 'h')), at(t, 'b')),
    ],
  ],
  'conv, relu, conv, pool': ['x f b g', (t) => max(tf.relu(conv(tf.relu(biased(t)), at(t, 'g'))))],
  'conv, pool, conv, pool': ['x f b g', (t) => max(conv(tf.relu(max(biased(t))), at(t, 'g')))],
  residual: [
    'x f b g',
    (t) => {
      const y = tf.relu(biased(t));
      return max(tf.relu(tf.add(y, conv(y, at(t, 'g')))));
    },
  ],
  'residual with stride': [
    'x f b g s',
    (t) => {
      const y = tf.relu(biased(t, 2));
      return tf.relu(tf.add(conv(y, at(t, 'g')), conv(at(t, 'x'), at(t, 's'), 2)));
    },
  ],
  'concatenated convs': [
    'x f s',
    (t) => max(tf.relu(tf.concat([conv(at(t, 'x'), at(t, 'f')), conv(at(t, 'x'), at(t, 's'))], 3))),
  ],
};

/** What the forms above are made from. */
export const imageShapes = (batch: number, c: number, o: number, side: number): Shapes => ({
  x: [batch, side, side, c],
  f: [3, 3, c, o],
  b: [o],
  g: [3, 3, o, o],
  h: [3, 3, c, o],
  s: [1, 1, c, o],
});
