// What a window over any number of spatial axes reads at each of its positions.
import { sizeOf } from '@mapping-networks/core';
import type { CrossCorrelationNode } from '../ir/node.ts';
import { offsets, rowMajorStrides } from './offsets.ts';

/** For each tap and pixel of the result, the pixel of x under it; -1 where that is padding. */
export const pixelsUnderWindow = (
  { strides, dilations, before }: Pick<CrossCorrelationNode, 'before' | 'dilations' | 'strides'>,
  input: readonly number[],
  size: readonly number[],
  output: readonly number[],
): Int32Array => {
  const shape = [...size, ...output];
  const result = new Int32Array(sizeOf(shape));
  const inputStrides = rowMajorStrides(input);
  const still = shape.map(() => 0);
  input.forEach((side, axis) => {
    const steps = still
      .with(axis, dilations[axis] as number)
      .with(size.length + axis, strides[axis] as number);
    offsets(shape, steps, -(before[axis] as number)).forEach((at, i) => {
      const outside = at < 0 || at >= side || result[i] === -1;
      result[i] = outside ? -1 : (result[i] as number) + at * (inputStrides[axis] as number);
    });
  });
  return result;
};
