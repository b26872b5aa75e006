// Convolutions, pools and their gradients over [N, H, W, C]. All of them visit the same pairs, of a position of the
// window and an element under it; `visit` makes the walk and each operation says what it does there.
import type {
  AveragePool2dGradientNode,
  Conv2dFilterGradientNode,
  Conv2dInputGradientNode,
  Conv2dNode,
  MaxPool2dGradientNode,
  Pool2dNode,
} from '../ir/spatial-nodes.ts';
import type { ElementArray } from '../ir/value-type.ts';
import type { Window2d } from '../ir/window.ts';
import { sizeOf } from '@mapping-networks/core';
import { store } from './storage.ts';

type Operands = readonly ElementArray[];

/**
 * Calls `at` for every image, position of the window (row-major) and tap of the window that lies inside the input (by
 * rows): `y` and `x` count pixels of the smaller and of the larger side, `tap` the elements of the window.
 */
const visit = (images: number, window: Window2d, at: (y: number, x: number, tap: number) => void): void => {
  const { size, strides, dilations, padding, input, output } = window;
  for (let y = 0; y < images * output[0] * output[1]; y++) {
    const image = Math.floor(y / (output[0] * output[1]));
    const top = (Math.floor(y / output[1]) % output[0]) * strides[0] - padding.top;
    const left = (y % output[1]) * strides[1] - padding.left;
    for (let tap = 0; tap < size[0] * size[1]; tap++) {
      const row = top + Math.floor(tap / size[1]) * dilations[0];
      const column = left + (tap % size[1]) * dilations[1];
      if (row < 0 || row >= input[0] || column < 0 || column >= input[1]) continue;
      at(y, (image * input[0] + row) * input[1] + column, tap);
    }
  }
};

const add = (sums: Float64Array, at: number, value: number): void => {
  sums[at] = (sums[at] as number) + value;
};

/** Visits the terms of a convolution: indices into y, x and the filter [kh, kw, C, O]. */
const visitTerms = (
  filter: readonly number[],
  images: number,
  window: Window2d,
  at: (y: number, x: number, weight: number) => void,
): void => {
  const [channels, features] = filter.slice(2) as [number, number];
  visit(images, window, (y, x, tap) => {
    for (let c = 0; c < channels; c++) {
      for (let o = 0; o < features; o++) {
        at(y * features + o, x * channels + c, (tap * channels + c) * features + o);
      }
    }
  });
};

export const evaluateConv2d = (node: Conv2dNode, operands: Operands): ElementArray => {
  const [x, filter] = operands as readonly [ElementArray, ElementArray];
  const sums = new Float64Array(sizeOf(node.type.shape));
  visitTerms(node.operands[1].type.shape, node.type.shape[0] as number, node.window, (i, j, k) =>
    add(sums, i, (x[j] as number) * (filter[k] as number)),
  );
  return store(node.type, sums);
};

export const evaluateConv2dInputGradient = (
  node: Conv2dInputGradientNode,
  operands: Operands,
): ElementArray => {
  const [dy, filter] = operands as readonly [ElementArray, ElementArray];
  const sums = new Float64Array(sizeOf(node.type.shape));
  visitTerms(node.operands[1].type.shape, node.type.shape[0] as number, node.window, (i, j, k) =>
    add(sums, j, (dy[i] as number) * (filter[k] as number)),
  );
  return store(node.type, sums);
};

export const evaluateConv2dFilterGradient = (
  node: Conv2dFilterGradientNode,
  operands: Operands,
): ElementArray => {
  const [x, dy] = operands as readonly [ElementArray, ElementArray];
  const sums = new Float64Array(sizeOf(node.type.shape));
  visitTerms(node.type.shape, node.operands[0].type.shape[0] as number, node.window, (i, j, k) =>
    add(sums, k, (x[j] as number) * (dy[i] as number)),
  );
  return store(node.type, sums);
};

/** The same walk for each channel by itself. */
const visitChannels = (
  channels: number,
  images: number,
  window: Window2d,
  at: (y: number, x: number) => void,
): void =>
  visit(images, window, (y, x) => {
    for (let c = 0; c < channels; c++) at(y * channels + c, x * channels + c);
  });

export const evaluatePool2d = (node: Pool2dNode, operands: Operands): ElementArray => {
  const [x] = operands as readonly [ElementArray];
  const [images, , , channels] = node.type.shape as [number, number, number, number];
  const values = new Float64Array(sizeOf(node.type.shape));
  if (node.op === 'average') {
    const counts = new Float64Array(values.length);
    visitChannels(channels, images, node.window, (i, j) => {
      add(values, i, x[j] as number);
      add(counts, i, 1);
    });
    return store(
      node.type,
      values.map((sum, i) => sum / (counts[i] as number)),
    );
  }
  values.fill(-Infinity);
  visitChannels(channels, images, node.window, (i, j) => {
    if ((x[j] as number) > (values[i] as number)) values[i] = x[j] as number;
  });
  return store(node.type, values);
};

export const evaluateMaxPool2dGradient = (node: MaxPool2dGradientNode, operands: Operands): ElementArray => {
  const [dy, x] = operands as readonly [ElementArray, ElementArray];
  const [images, , , channels] = node.type.shape as [number, number, number, number];
  const winner = new Int32Array(dy.length).fill(-1);
  visitChannels(channels, images, node.window, (i, j) => {
    const best = winner[i] as number;
    if ((x[j] as number) > (best < 0 ? -Infinity : (x[best] as number))) winner[i] = j;
  });
  const sums = new Float64Array(x.length);
  winner.forEach((j, i) => {
    if (j >= 0) add(sums, j, dy[i] as number);
  });
  return store(node.type, sums);
};

export const evaluateAveragePool2dGradient = (
  node: AveragePool2dGradientNode,
  operands: Operands,
): ElementArray => {
  const [dy] = operands as readonly [ElementArray];
  const [images, , , channels] = node.type.shape as [number, number, number, number];
  const counts = new Float64Array(dy.length);
  visitChannels(channels, images, node.window, (i) => add(counts, i, 1));
  const sums = new Float64Array(sizeOf(node.type.shape));
  visitChannels(channels, images, node.window, (i, j) =>
    add(sums, j, (dy[i] as number) / (counts[i] as number)),
  );
  return store(node.type, sums);
};
