// GatherV2 of single numbers from a vector, as the projections need it for every parameter of a network: the general
// kernel of tfjs-backend-wasm checks each index by a call with a message made up in advance, and moves each number as a
// slice.
import { GatherV2 } from '@tensorflow/tfjs-core';
import type { GatherV2Attrs } from '@tensorflow/tfjs-core';
import { addressOf, heapOf } from '../native/heap.ts';
import { wasmSpecialCase } from './kernel.ts';
import type { SpecialCase } from './kernel.ts';

export const gatherScalars: SpecialCase = wasmSpecialCase<'x' | 'indices', GatherV2Attrs>(
  GatherV2,
  ({ inputs: { x, indices }, attrs: { batchDims }, backend }) => {
    const [length = 0] = x.shape;
    const numeric = x.dtype === 'float32' || x.dtype === 'int32';
    if (x.shape.length !== 1 || !numeric || indices.dtype !== 'int32' || batchDims !== 0) return undefined;
    const out = backend.makeOutput(indices.shape, x.dtype);
    const count = indices.shape.reduce((product, size) => product * size, 1);
    // Bits are copied as integers, whatever they mean.
    const { ints } = heapOf(backend);
    const from = addressOf(backend, x) >>> 2;
    const at = addressOf(backend, indices) >>> 2;
    const to = addressOf(backend, out) >>> 2;
    for (let i = 0; i < count; i++) {
      const index = ints[at + i]!;
      if (index < 0 || index >= length) {
        // The general kernel has the words for it.
        backend.disposeData(out.dataId);
        return undefined;
      }
      ints[to + i] = ints[from + index]!;
    }
    return out;
  },
);
