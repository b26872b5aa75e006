// Runs the same computation on the wasm backend and on TensorFlow.js's own cpu backend, and compares.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';

/** A seeded normal tensor, the same numbers on every backend (TensorFlow.js takes seed 0 for none). */
export const normal = (shape: number[], seed: number): tf.Tensor =>
  tf.randomNormal(shape, 0, 1, 'float32', seed + 1);

/** Normal numbers rounded to halves, so that equal values are frequent. */
export const coarse = (shape: number[], seed: number): tf.Tensor =>
  tf.div(tf.round(tf.mul(normal(shape, seed), 2)), 2);

const readAll = (tensors: readonly tf.Tensor[]): { shape: number[]; values: Float32Array }[] =>
  tensors.map((tensor) => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) }));

async function on(
  backend: 'cpu' | 'wasm',
  compute: () => readonly tf.Tensor[],
): Promise<{ shape: number[]; values: Float32Array }[]> {
  if (backend === 'wasm') await openWasm();
  else await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const results = compute();
  const read = readAll(results);
  tf.dispose([...results]);
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

/** How close two backends must be: `tolerance` times the largest value of a tensor, or times `scale` if larger. */
export interface Closeness {
  readonly tolerance?: number;
  /** The size of the terms of a sum: where they cancel, the sum itself says nothing about rounding errors. */
  readonly scale?: number;
}

/** Expects the tensors of `compute`, which must dispose all but its results, to be the same on both backends. */
export async function expectLikeCpu(
  compute: () => tf.Tensor[],
  { tolerance = 1e-5, scale = 1e-30 }: Closeness = {},
): Promise<void> {
  const tidied = (): tf.Tensor[] => tf.tidy(compute);
  const expected = await on('cpu', tidied);
  const actual = await on('wasm', tidied);
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  expected.forEach(({ values }, index) => {
    const got = actual[index]!.values;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let worst = 0;
    values.forEach((value, at) => {
      const difference = Math.abs(value - got[at]!);
      worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    });
    expect(worst).toBeLessThanOrEqual(tolerance * Math.max(largest, scale));
  });
}

/**
 * The result of `f` and its gradients with respect to every input, for a fixed random gradient of the
 * result.
 */
export function withGradients(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]): tf.Tensor[] {
  const result = f(...inputs);
  const dy = normal(result.shape, 99);
  return [result, ...tf.grads(f)(inputs, dy)];
}
