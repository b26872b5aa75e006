// MaxPoolGrad: replaces the slow loop of tfjs-backend-wasm. The gradient of each window goes to its first
// maximum in row-major order, as in the cpu backend, also when values tie.
import { backend_util, MaxPoolGrad } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, MaxPoolGradAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { convTables, windowPadding } from './conv-tables.ts';
import { addressOf, floatsOf, heapOf, withScratch, writeByteOffsets } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { nativeOf } from '../native/native.ts';
import { shape4D } from './shape-4d.ts';

export const maxPoolGrad: KernelConfig = wasmKernel<'dy' | 'input' | 'output', MaxPoolGradAttrs>(
  MaxPoolGrad,
  ({ inputs, attrs, backend }) => {
    const { dy, input } = inputs;
    const info = backend_util.computePool2DInfo(
      shape4D(input),
      attrs.filterSize,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const dx = backend.makeOutput(info.inShape, 'float32');
    floatsOf(backend, dx).fill(0);
    const { top, bottom, left, right } = windowPadding(info);
    const padded = top + bottom + left + right > 0;
    if (!padded && info.inChannels % 4 === 0) scatterFourChannels(backend, info, { input, dy, dx });
    else scatter(info, floatsOf(backend, input), floatsOf(backend, dy), floatsOf(backend, dx));
    return dx;
  },
);

/** Windows that never leave the image, channels in fours: the SIMD kernel. */
function scatterFourChannels(
  backend: BackendWasm,
  info: backend_util.Conv2DInfo,
  tensors: Readonly<Record<'input' | 'dy' | 'dx', TensorInfo>>,
): void {
  const { positions, taps } = convTables(info);
  // One tap a pixel of the window: the kernel walks the channels itself.
  const pixels = taps.filter((_, index) => index % info.inChannels === 0);
  withScratch(backend, [4 * positions.length, 4 * pixels.length], (windows = 0, pixelTable = 0) => {
    const { ints } = heapOf(backend);
    writeByteOffsets(ints, windows, positions);
    writeByteOffsets(ints, pixelTable, pixels);
    nativeOf(backend).poolMaxima(
      addressOf(backend, tensors.input),
      addressOf(backend, tensors.dy),
      addressOf(backend, tensors.dx),
      windows,
      windows + 4 * positions.length,
      pixelTable,
      pixelTable + 4 * pixels.length,
      4 * info.inChannels,
    );
  });
}

/** The general case, with windows clipped at the border. */
function scatter(info: backend_util.Conv2DInfo, x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const rowStride = inWidth * channels;
  let output = 0;
  for (let image = 0; image < batchSize; image++) {
    const start = image * inHeight * rowStride;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - info.padInfo.top;
      const rowsFrom = start + Math.max(0, top) * rowStride;
      const rowsTo = start + Math.min(inHeight, top + info.filterHeight) * rowStride;
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - info.padInfo.left;
        const from = Math.max(0, left) * channels;
        const to = Math.min(inWidth, left + info.filterWidth) * channels;
        for (let channel = 0; channel < channels; channel++, output++) {
          let best = -Infinity;
          let winner = -1;
          for (let row = rowsFrom; row < rowsTo; row += rowStride) {
            for (let at = row + from + channel; at < row + to; at += channels) {
              const value = x[at]!;
              if (value > best) {
                best = value;
                winner = at;
              }
            }
          }
          if (winner >= 0) dx[winner]! += dy[output]!;
        }
      }
    }
  }
}
