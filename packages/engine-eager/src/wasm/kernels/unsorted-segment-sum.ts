// UnsortedSegmentSum: the gradient of gather, missing in tfjs-backend-wasm.
//   out[s] = Σ over i with segmentIds[i] = s of x[i];  a negative or too large id adds to nothing
import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { KernelConfig, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { addressOf, heapOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';

export const unsortedSegmentSum: KernelConfig = wasmKernel<'x' | 'segmentIds', UnsortedSegmentSumAttrs>(
  UnsortedSegmentSum,
  ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs;
    const { numSegments } = attrs;
    // As in the other backends, the ids cover the first axes of x and each of them moves one slice.
    const slice = x.shape.slice(segmentIds.shape.length);
    const width = slice.reduce((product, size) => product * size, 1);
    const count = segmentIds.shape.reduce((product, size) => product * size, 1);
    const out = backend.makeOutput([numSegments, ...slice], x.dtype);
    const { floats, ints } = heapOf(backend);
    const values = x.dtype === 'int32' ? ints : floats;
    const ids = addressOf(backend, segmentIds) >>> 2;
    const start = addressOf(backend, out) >>> 2;
    let source = addressOf(backend, x) >>> 2;
    values.fill(0, start, start + numSegments * width);
    for (let index = 0; index < count; index++, source += width) {
      const segment = ints[ids + index]!;
      if (segment < 0 || segment >= numSegments) continue;
      const target = start + segment * width;
      for (let at = 0; at < width; at++) values[target + at]! += values[source + at]!;
    }
    return out;
  },
);
