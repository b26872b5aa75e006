// ONNX's Conv for any number of spatial axes, as a loop over all terms; what lies outside of x counts as 0.
import { sizeOf } from '@mapping-networks/core';
import type { CrossCorrelationNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { pixelsUnderWindow } from './pixels-under-window.ts';
import { store } from './storage.ts';

export const evaluateCrossCorrelation = (
  node: CrossCorrelationNode,
  operands: readonly ElementArray[],
): ElementArray => {
  const [x, filter] = operands as readonly [ElementArray, ElementArray];
  const [[, channels, ...input], [, , ...size]] = node.operands.map(({ type }) => type.shape) as [
    [number, number, ...number[]],
    [number, number, ...number[]],
  ];
  const [images, features, ...output] = node.type.shape as [number, number, ...number[]];
  const pixels = sizeOf(output);
  const taps = sizeOf(size);
  const under = pixelsUnderWindow(node, input, size, output);
  const sums = new Float64Array(sizeOf(node.type.shape));
  for (let n = 0; n < images; n++) {
    for (let o = 0; o < features; o++) {
      const start = (n * features + o) * pixels;
      for (let c = 0; c < channels; c++) {
        const plane = (n * channels + c) * sizeOf(input);
        for (let tap = 0; tap < taps; tap++) {
          const weight = filter[(o * channels + c) * taps + tap] as number;
          for (let pixel = 0; pixel < pixels; pixel++) {
            const from = under[tap * pixels + pixel] as number;
            if (from < 0) continue;
            sums[start + pixel] = (sums[start + pixel] as number) + weight * (x[plane + from] as number);
          }
        }
      }
    }
  }
  return store(node.type, sums);
};
