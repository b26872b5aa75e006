// Runs a target and the float64 reference on the same seeded numbers.
import { initialBuffers, type Target } from '@mapping-networks/core';
import type { Layer } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { applyReference, grid, type Grid } from './reference.ts';

/** Mulberry32: seeded uniform numbers in [-1, 1). */
export const numbers = (seed: number, size: number): Float32Array => {
  let state = seed | 0;
  return Float32Array.from({ length: size }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
};

const randomGrid = (seed: number, shape: readonly number[]): Grid => {
  const size = shape.reduce((a, b) => a * b, 1);
  return grid(shape, numbers(seed, size));
};

export interface Values {
  readonly x: Grid;
  readonly parameters: Record<string, Grid>;
  readonly masks: Record<string, Grid>;
}

/** Seeded inputs, parameters and masks for a target. */
export const valuesFor = (target: Target, batch: number, seed: number): Values => ({
  x: randomGrid(seed, [batch, ...target.inputShape]),
  parameters: Object.fromEntries(
    target.parameters.parameters.map(({ name, shape }, i) => [name, randomGrid(seed + i + 1, shape)]),
  ),
  masks: Object.fromEntries(
    target.masks.map(({ name, shape, rate }, i) => {
      const { data } = randomGrid(seed + 100 + i, [batch, ...shape]);
      return [
        name,
        grid(
          [batch, ...shape],
          data.map((u) => ((u + 1) / 2 < rate ? 0 : 1 / (1 - rate))),
        ),
      ];
    }),
  ),
});

export const reference = (layers: readonly Layer[], { x, parameters, masks }: Values): Grid =>
  layers.reduce((value, layer) => applyReference(layer, value, { ...parameters, ...masks }), x);

export const tensor = ({ shape, data }: Grid): tf.Tensor =>
  tf.tensor(Float32Array.from(data), [...shape], 'float32');

export const tensors = (grids: Readonly<Record<string, Grid>>): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(grids).map(([name, value]) => [name, tensor(value)]));

export const bufferTensors = (target: Target): Record<string, tf.Tensor> =>
  Object.fromEntries(
    Object.entries(initialBuffers(target)).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data, [...shape]),
    ]),
  );

/** The output of a target as plain numbers. */
export const run = (target: Target, { x, parameters, masks }: Values, training = true): Grid => {
  const result = tf.tidy(() => {
    const context = { training, masks: training ? tensors(masks) : {} };
    return target.apply(tensors(parameters), bufferTensors(target), tensor(x), context).output;
  });
  return taken(result);
};

/** The numbers of a tensor, which is disposed. */
export const taken = (result: tf.Tensor): Grid => {
  const read = grid(result.shape, result.dataSync());
  result.dispose();
  return read;
};

/** The largest |a − b| / (1 + |b|). */
export const distance = (a: Grid, b: Grid): number =>
  a.data.reduce((worst, value, i) => {
    const error = Math.abs(value - (b.data[i] ?? NaN)) / (1 + Math.abs(b.data[i] ?? NaN));
    return error <= worst ? worst : error;
  }, 0);
