// Softmax regression on pixels, the model that `glyphs` must be too hard for. Plain loops, SGD with momentum
// and a linearly falling rate; nothing of this repository's trainer.
import { permutation, randomKey, type Split } from '@mapping-networks/core';

const BATCH = 100;

/** Trains on `train` and returns the share of `test` that it gets right. */
export const linearAccuracy = (
  train: Split,
  test: Split,
  classes: number,
  epochs: number,
  rate: number,
): number => {
  const length = train.batch([0]).x.length;
  const weights = new Float32Array(classes * (length + 1));
  const velocity = new Float32Array(weights.length);
  const gradient = new Float32Array(weights.length);
  const steps = epochs * Math.floor(train.size / BATCH);
  let order: Int32Array = new Int32Array();
  for (let step = 0; step < steps; step++) {
    const at = (step * BATCH) % (Math.floor(train.size / BATCH) * BATCH);
    if (at === 0) order = permutation(randomKey(0, 'linear', step), train.size);
    const { x, y } = train.batch(order.subarray(at, at + BATCH));
    gradient.fill(0);
    for (let i = 0; i < BATCH; i++)
      accumulate(weights, gradient, x.subarray(i * length, (i + 1) * length), y[i] ?? 0, classes);
    const eta = (rate * (1 - step / steps)) / BATCH;
    for (let j = 0; j < weights.length; j++) {
      velocity[j] = 0.9 * (velocity[j] ?? 0) + (gradient[j] ?? 0);
      weights[j] = (weights[j] ?? 0) - eta * (velocity[j] ?? 0);
    }
  }
  const { x, y } = test.batch(Int32Array.from({ length: test.size }, (_, i) => i));
  const right = Array.from({ length: test.size }, (_, i) => {
    const scores = logits(weights, x.subarray(i * length, (i + 1) * length), classes);
    return scores.indexOf(Math.max(...scores)) === y[i] ? 1 : 0;
  });
  return right.reduce<number>((sum, hit) => sum + hit, 0) / test.size;
};

const logits = (weights: Float32Array, x: Float32Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, c) => {
    const row = c * (x.length + 1);
    let sum = weights[row + x.length] ?? 0;
    for (let j = 0; j < x.length; j++) sum += (weights[row + j] ?? 0) * (x[j] ?? 0);
    return sum;
  });

/** Adds the gradient of the cross-entropy of one example. */
const accumulate = (
  weights: Float32Array,
  gradient: Float32Array,
  x: Float32Array,
  y: number,
  classes: number,
): void => {
  const scores = logits(weights, x, classes);
  const top = Math.max(...scores);
  const exps = scores.map((score) => Math.exp(score - top));
  const total = exps.reduce((sum, value) => sum + value, 0);
  for (let c = 0; c < classes; c++) {
    const error = (exps[c] ?? 0) / total - (c === y ? 1 : 0);
    const row = c * (x.length + 1);
    for (let j = 0; j < x.length; j++) gradient[row + j] = (gradient[row + j] ?? 0) + error * (x[j] ?? 0);
    gradient[row + x.length] = (gradient[row + x.length] ?? 0) + error;
  }
};
