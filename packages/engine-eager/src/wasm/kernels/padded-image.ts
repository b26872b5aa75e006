// A zero-padded copy of an NHWC image in scratch memory, lent for the time of one computation.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Padding } from './conv-tables.ts';
import { addressOf, heapOf, withScratch } from '../native/heap.ts';

/** Calls `use` with the byte address of `image` padded with zeros; without padding there is no copy. */
export function withPadded(
  backend: BackendWasm,
  image: TensorInfo,
  padding: Padding,
  use: (address: number) => void,
): void {
  const { top, bottom, left, right } = padding;
  if (top === 0 && bottom === 0 && left === 0 && right === 0) return use(addressOf(backend, image));
  const [batch = 0, height = 0, width = 0, channels = 0] = image.shape;
  const paddedRow = (left + width + right) * channels;
  const paddedImage = (top + height + bottom) * paddedRow;
  const row = width * channels;
  withScratch(backend, [4 * batch * paddedImage], (address = 0) => {
    const { floats } = heapOf(backend);
    const target = address >>> 2;
    let source = addressOf(backend, image) >>> 2;
    floats.fill(0, target, target + batch * paddedImage);
    for (let index = 0; index < batch; index++) {
      let start = target + index * paddedImage + top * paddedRow + left * channels;
      for (let y = 0; y < height; y++) {
        floats.copyWithin(start, source, source + row);
        start += paddedRow;
        source += row;
      }
    }
    use(address);
  });
}
