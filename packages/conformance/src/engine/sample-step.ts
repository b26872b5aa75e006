// One step for engines to compile, and what plain loops make of it.
import {
  float32,
  int32,
  type NamedArrays,
  type Step,
  type StepSignature,
  type TensorSpec,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { gaussian } from '../checks/random-arrays.ts';

/** f = Σ (x·w − k)², its gradient in w, the largest of each row of x·w; `labels` go through. */
export const step: Step = ({ x, w, k, labels }) => {
  const error = (weights: tf.Tensor): tf.Tensor =>
    tf.sub(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D), k as tf.Tensor);
  const value = (weights: tf.Tensor): tf.Scalar => tf.sum(tf.square(error(weights)));
  const product = tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D);
  return {
    value: value(w as tf.Tensor),
    gradient: tf.grad(value)(w as tf.Tensor),
    largest: tf.argMax(product, 1),
    labels: labels as tf.Tensor,
    product,
  };
};

export const BATCH = 4;
export const INPUTS = 3;
const OUTPUTS = 5;

const K = 0.25;

export const signature: StepSignature = {
  frozen: { k: float32(Float32Array.of(K), []) },
  inputs: {
    x: { shape: [BATCH, INPUTS], dtype: 'float32' },
    w: { shape: [INPUTS, OUTPUTS], dtype: 'float32' },
    labels: { shape: [BATCH], dtype: 'int32' },
  },
};

export const inputsOf = (seed: number): NamedArrays => ({
  x: float32(gaussian(BATCH * INPUTS, seed, 'x'), [BATCH, INPUTS]),
  w: float32(gaussian(INPUTS * OUTPUTS, seed, 'w'), [INPUTS, OUTPUTS]),
  labels: int32(Int32Array.of(3, 1, 4, 1)),
});

/** The same by loops in float64. */
export const expectedOf = ({
  x,
  w,
}: NamedArrays): { value: number; gradient: number[]; product: number[]; largest: number[] } => {
  const at = (array: NamedArrays[string] | undefined, i: number): number => array?.data[i] ?? Number.NaN;
  const product = Array.from({ length: BATCH * OUTPUTS }, (_, cell) => {
    const [row, column] = [Math.floor(cell / OUTPUTS), cell % OUTPUTS];
    let sum = 0;
    for (let i = 0; i < INPUTS; i++) sum += at(x, row * INPUTS + i) * at(w, i * OUTPUTS + column);
    return sum;
  });
  const gradient = Array.from({ length: INPUTS * OUTPUTS }, (_, cell) => {
    const [row, column] = [Math.floor(cell / OUTPUTS), cell % OUTPUTS];
    let sum = 0;
    for (let b = 0; b < BATCH; b++)
      sum += 2 * at(x, b * INPUTS + row) * ((product[b * OUTPUTS + column] ?? 0) - K);
    return sum;
  });
  const largest = Array.from({ length: BATCH }, (_, b) => {
    const row = product.slice(b * OUTPUTS, (b + 1) * OUTPUTS);
    return row.indexOf(Math.max(...row));
  });
  return { value: product.reduce((sum, p) => sum + (p - K) ** 2, 0), gradient, product, largest };
};

export const OUTPUT_SPECS: readonly TensorSpec[] = [
  { name: 'value', shape: [] },
  { name: 'gradient', shape: [INPUTS, OUTPUTS] },
  { name: 'largest', shape: [BATCH] },
  { name: 'labels', shape: [BATCH] },
  { name: 'product', shape: [BATCH, OUTPUTS] },
];
