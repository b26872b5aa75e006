// The geometry of a window, for tests.
import type { Window2d } from '../src/ir/window.ts';

type Pair = readonly [number, number];

/** Not dilated, over an input that is padded alike on all sides. */
export const windowOf = (input: Pair, size: Pair, stride: number, pad: number): Window2d => {
  const positions = (axis: 0 | 1): number => Math.floor((input[axis] + 2 * pad - size[axis]) / stride) + 1;
  return {
    size,
    strides: [stride, stride],
    dilations: [1, 1],
    padding: { top: pad, bottom: pad, left: pad, right: pad },
    input,
    output: [positions(0), positions(1)],
  };
};
