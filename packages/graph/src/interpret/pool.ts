// Pools with channels first, as a loop over planes, pixels of the result, and taps of the window.
import { sizeOf } from '@mapping-networks/core';
import type { PoolNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { pixelsUnderWindow } from './pixels-under-window.ts';
import { store } from './storage.ts';

export const evaluatePool = (node: PoolNode, operands: readonly ElementArray[]): ElementArray => {
  const [x] = operands as readonly [ElementArray];
  const { op, size, strides, before, type } = node;
  const input = node.operands[0].type.shape.slice(2);
  const output = type.shape.slice(2);
  const [pixels, taps] = [sizeOf(output), sizeOf(size)];
  const window = { strides, dilations: size.map(() => 1), before };
  const under = pixelsUnderWindow(window, input, size, output);
  const values = new Float64Array(sizeOf(type.shape));
  for (let at = 0; at < values.length; at++) {
    const plane = Math.floor(at / pixels) * sizeOf(input);
    const read: number[] = [];
    for (let tap = 0; tap < taps; tap++) {
      const from = under[tap * pixels + (at % pixels)] as number;
      if (from >= 0) read.push(x[plane + from] as number);
    }
    const most = read.reduce((best, value) => (value > best ? value : best), -Infinity);
    values[at] = op === 'max' ? most : read.reduce((sum, value) => sum + value, 0) / read.length;
  }
  return store(type, values);
};
