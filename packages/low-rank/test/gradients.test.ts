// What training sees: the loss of a target whose weights are U V, and its derivatives in z, against differences.
import {
  direct,
  float32,
  mapping,
  type NamedArrays,
  type NamedTensors,
  type Part,
  type Target,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { mlp, sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

const tensors = (arrays: NamedArrays): NamedTensors =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape, dtype }]) => [
      name,
      tf.tensor(data, [...shape], dtype),
    ]),
  );

/** Cross-entropy of some inputs with labels 0, 1, 2, … as a function of the trainables. */
const lossOf = (parameterization: Part<'parameterization'>, target: Target) => {
  const map = parameterization.impl.bind(target.parameters);
  const classes = target.outputShape[0] ?? 0;
  const size = target.inputShape.reduce((product, side) => product * side, 1);
  const loss = (trainables: NamedTensors, constants: NamedTensors): tf.Scalar => {
    const parameters = map.materialize(trainables, constants);
    const x = tf.reshape(tf.sin(tf.range(0, 4 * size)), [4, ...target.inputShape]);
    const context = { training: false, masks: {} };
    const { output } = target.apply(parameters, {}, x, context);
    const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), classes);
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(output as tf.Tensor2D), labels), 1)));
  };
  return { map, loss };
};

// Smooth throughout: differences across a kink would not be derivatives.
const small = mlp({ inputShape: [6, 6, 1], hidden: [24], classes: 4, activation: 'tanh' }).impl;
const convolutions = sequential({
  input: [8, 8, 1],
  layers: [
    { type: 'conv2d', filters: 6, kernelSize: 3 },
    { type: 'tanh' },
    { type: 'avgPool2d', poolSize: 2 },
    { type: 'conv2d', filters: 8, kernelSize: 3 },
    { type: 'flatten' },
    { type: 'dense', units: 4 },
  ],
});

const z = { latentDim: 40 };

describe.each<[string, Part<'parameterization'>, Target]>([
  ['direct', lowRank({ rank: 3 }), small],
  ['single latent', lowRank({ rank: 3, inner: mapping(z) }), small],
  ['layer-wise', lowRank({ rank: 3, inner: mapping({ ...z, strategy: 'layerwise' }) }), small],
  [
    'sin, linear',
    lowRank({ rank: 3, inner: mapping({ ...z, activation: 'sin', modulation: 'linear' }) }),
    small,
  ],
  ['convolutions too', lowRank({ rank: 2, layers: 'all', inner: mapping(z) }), convolutions],
  ['within low rank', lowRank({ rank: 4, inner: lowRank({ rank: 1, inner: direct() }) }), small],
])('%s', (_name, parameterization, target) => {
  const { map, loss } = lossOf(parameterization, target);
  const names = map.trainables.map(({ name }) => name);
  const at = map.init(1);
  const valueAt = (arrays: NamedArrays): number =>
    tf.tidy(() => loss(tensors(arrays), tensors(map.frozen())).dataSync()[0] ?? Number.NaN);

  test('∂ loss / ∂ trainables meets central differences', () => {
    const gradients = tf.tidy(() => {
      const values = Object.values(tensors(at));
      const constants = tensors(map.frozen());
      const scalar = (...given: tf.Tensor[]): tf.Scalar =>
        loss(Object.fromEntries(Object.keys(at).map((name, i) => [name, given[i] as tf.Tensor])), constants);
      return tf
        .grads(scalar)(values)
        .map((gradient) => Float32Array.from(gradient.dataSync()));
    });
    const byName = Object.fromEntries(Object.keys(at).map((name, i) => [name, gradients[i] as Float32Array]));
    for (const name of names) {
      const { data, shape } = at[name] as NamedArrays[string];
      const gradient = byName[name] as Float32Array;
      // Along its own gradient the derivative is ‖gradient‖, the largest there is.
      const length = Math.hypot(...gradient);
      expect(length, name).toBeGreaterThan(1e-4);
      const moved = (step: number): NamedArrays => ({
        ...at,
        [name]: float32(
          Float32Array.from(data, (value, i) => value + (step * (gradient[i] ?? 0)) / length),
          shape,
        ),
      });
      const errors = [0.03, 0.01, 0.1].map((step) => {
        const slope = (valueAt(moved(step)) - valueAt(moved(-step))) / (2 * step);
        return Math.abs(slope / length - 1);
      });
      expect(Math.min(...errors), name).toBeLessThan(0.01);
    }
  });

  test('no tensor is kept', () => {
    const before = tf.memory().numTensors;
    valueAt(at);
    map.generate(at);
    expect(tf.memory().numTensors).toBe(before);
  });
});
