// TensorFlow.js' ways to describe windows (same, valid, explicit padding; rounding modes) as the one of the graph.
import type { backend_util } from '@tensorflow/tfjs-core';
import type { Node } from '../../ir/node.ts';
import type { Window2d } from '../../ir/window.ts';

type Geometry = backend_util.Conv2DInfo;

/** Padding behind the last element, just enough for the last window: rounding modes may let it reach further out. */
const behind = (input: number, before: number, output: number, stride: number, reach: number): number =>
  Math.max(0, (output - 1) * stride + reach - input - before);

/**
 * The window of a layer whose output has these sides: that of dy in gradients, which TensorFlow.js calls without the
 * rounding mode that decided about them.
 */
export const windowOf = (
  info: Geometry,
  output: readonly [number, number] = [info.outHeight, info.outWidth],
): Window2d => {
  const { top, left } = info.padInfo;
  const [rows, columns] = output;
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: {
      top,
      bottom: behind(info.inHeight, top, rows, info.strideHeight, info.effectiveFilterHeight),
      left,
      right: behind(info.inWidth, left, columns, info.strideWidth, info.effectiveFilterWidth),
    },
    input: [info.inHeight, info.inWidth],
    output,
  };
};

/** Rows and columns of `[N, H, W, C]`. */
export const sidesOf = ({ type }: Node): readonly [number, number] => [
  type.shape[1] ?? 0,
  type.shape[2] ?? 0,
];
