// TensorFlow.js' ways to describe windows (same, valid, explicit padding; rounding modes) as the one of the graph.
import type { backend_util } from '@tensorflow/tfjs-core';
import type { Window2d } from '../../ir/window.ts';

type Geometry = backend_util.Conv2DInfo;

/** Padding behind the last element, just enough for the last window: rounding modes may let it reach further out. */
const behind = (input: number, before: number, output: number, stride: number, reach: number): number =>
  Math.max(0, (output - 1) * stride + reach - input - before);

export const windowOf = (info: Geometry): Window2d => {
  const { top, left } = info.padInfo;
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: {
      top,
      bottom: behind(info.inHeight, top, info.outHeight, info.strideHeight, info.effectiveFilterHeight),
      left,
      right: behind(info.inWidth, left, info.outWidth, info.strideWidth, info.effectiveFilterWidth),
    },
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
  };
};
