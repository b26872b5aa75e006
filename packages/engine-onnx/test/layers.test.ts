// What networks are made of besides convolutions, with all gradients, against TensorFlow.js' cpu backend.
import { float32, int32, randomKey, sizeOf, uniform, type ArrayTensor } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { seeds, type Example$ } from '../../graph/test/kernels/example.ts';
import { expectAgreement, openEngines, runs } from './against-cpu.ts';
import { at, drawn, network, type Shapes, type Tensors } from './network-example.ts';

const engines = openEngines();

const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });

const arraysOf = (shapes: Shapes, seed: number): Record<string, ArrayTensor> =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, drawn(name, shape, seed)]));

const labels = (count: number, classes: number, seed: number): ArrayTensor =>
  int32(
    Int32Array.from(uniform(randomKey(seed, 'labels'), count), (u) => Math.floor(u * classes)),
    [count],
  );

const matrix = (t: Tensors, name: string): tf.Tensor2D => at(t, name) as tf.Tensor2D;

const dense: Example$ = fc
  .tuple(upTo(9), upTo(40), upTo(40), seeds)
  .map(([batch, inputs, units, seed]) =>
    network(arraysOf({ x: [batch, inputs], w: [inputs, units], b: [units] }, seed), (t) =>
      tf.tanh(tf.add(tf.matMul(matrix(t, 'x'), matrix(t, 'w')), at(t, 'b'))),
    ),
  );

/** The four gates from one product, cut apart, as recurrent networks are written; over several steps. */
const lstm: Example$ = fc
  .tuple(upTo(4), upTo(5), upTo(6), upTo(8), seeds)
  .map(([batch, steps, features, hidden, seed]) => {
    const shapes = {
      x: [batch, steps, features],
      w: [features, 4 * hidden],
      u: [hidden, 4 * hidden],
      b: [4 * hidden],
    };
    return network(arraysOf(shapes, seed), (t) => {
      let h: tf.Tensor2D = tf.zeros([batch, hidden]);
      let c: tf.Tensor = tf.zeros([batch, hidden]);
      for (let step = 0; step < steps; step++) {
        const x = tf.reshape(tf.slice(at(t, 'x'), [0, step, 0], [batch, 1, features]), [batch, features]);
        const gates = tf.add(
          tf.add(tf.matMul(x as tf.Tensor2D, matrix(t, 'w')), tf.matMul(h, matrix(t, 'u'))),
          at(t, 'b'),
        );
        const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      }
      return h;
    });
  });

/** As it is written for classes, and by the softmax itself. */
const crossEntropy: Example$ = fc
  .tuple(upTo(8), fc.integer({ min: 2, max: 12 }), fc.boolean(), fc.boolean(), seeds)
  .map(([batch, classes, logarithm, smoothed, seed]) =>
    network(
      { ...arraysOf({ x: [batch, classes] }, seed), labels: labels(batch, classes, seed) },
      (t) => {
        const hot = tf.oneHot(at(t, 'labels'), classes);
        const targets = smoothed ? tf.add(tf.mul(hot, 0.9), 0.1 / classes) : hot;
        const logits = tf.mul(at(t, 'x'), 5);
        const logs = logarithm ? tf.logSoftmax(logits) : tf.log(tf.softmax(logits));
        return tf.neg(tf.sum(tf.mul(targets, logs)));
      },
      (loss) => loss,
    ),
  );

/** Statistics of the batch, which pass gradients, and running ones, which come out. */
const batchNorm: Example$ = fc
  .tuple(fc.integer({ min: 3, max: 6 }), upTo(4), upTo(5), seeds)
  .map(([batch, side, channels, seed]) => {
    const shapes = {
      x: [batch, side, side, channels],
      gain: [channels],
      bias: [channels],
      running: [channels],
    };
    return network(arraysOf(shapes, seed), (t) => {
      const { mean, variance } = tf.moments(at(t, 'x'), [0, 1, 2]);
      const scale = tf.mul(at(t, 'gain'), tf.rsqrt(tf.add(variance, 1e-2)));
      const output = tf.add(tf.mul(tf.sub(at(t, 'x'), mean), scale), at(t, 'bias'));
      return [tf.tanh(output), tf.add(tf.mul(at(t, 'running'), 0.9), tf.mul(variance, 0.1))];
    });
  });

const dropout: Example$ = fc.tuple(upTo(6), upTo(20), seeds).map(([batch, units, seed]) => {
  const mask = uniform(randomKey(seed, 'mask'), sizeOf([batch, units])).map((u) => (u < 0.3 ? 0 : 1 / 0.7));
  return network({ ...arraysOf({ x: [batch, units] }, seed), mask: float32(mask, [batch, units]) }, (t) =>
    tf.sin(tf.mul(tf.relu(at(t, 'x')), at(t, 'mask'))),
  );
});

/** Numbers looked up by constant indices, with signs, and sums of them: how a projection spreads and gathers. */
const spread: Example$ = fc.tuple(upTo(12), upTo(60), seeds).map(([count, places, seed]) => {
  const picks = labels(places, count, seed);
  return network({ ...arraysOf({ x: [count], sign: [places] }, seed), picks }, (t) => {
    const theta = tf.mul(tf.gather(at(t, 'x'), at(t, 'picks') as tf.Tensor1D), at(t, 'sign'));
    return [theta, tf.unsortedSegmentSum(theta, at(t, 'picks') as tf.Tensor1D, count)];
  });
});

it.each(Object.entries({ dense, lstm, crossEntropy, batchNorm, dropout, spread }))(
  '%s',
  async (_name, examples) => {
    await fc.assert(
      fc.asyncProperty(fc.array(examples, { minLength: 8, maxLength: 8 }), (list) =>
        expectAgreement(engines(), list, { scale: 1 }),
      ),
      runs(2),
    );
  },
);
