// Where the pixels of a convolution lie: offset tables, in elements, of a padded NHWC image. The element that
// output position p multiplies with filter tap k is at positions[p] + taps[k]; both directions use the two.
import type { backend_util } from '@tensorflow/tfjs-core';

/** Spatial padding of an NHWC image, in pixels; entries are never negative. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** How to read an image: pad it with zeros, then position p meets tap k at positions[p] + taps[k]. */
export interface ConvTables {
  readonly padding: Padding;
  /** One entry for each output position (batch, row, column). */
  readonly positions: Int32Array;
  /** One entry for each filter tap (row, column, channel). */
  readonly taps: Int32Array;
}

/** Exactly the padding that the windows reach; with rounding up they may reach further than was asked for. */
export function windowPadding(info: backend_util.Conv2DInfo): Padding {
  const { top, left } = info.padInfo;
  const bottom = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - top - info.inHeight;
  const right = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - left - info.inWidth;
  return { top, left, bottom: Math.max(0, bottom), right: Math.max(0, right) };
}

export function convTables(info: backend_util.Conv2DInfo): ConvTables {
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels } = info;
  const padding = windowPadding(info);
  const rowStride = (padding.left + info.inWidth + padding.right) * inChannels;
  const imageStride = (padding.top + info.inHeight + padding.bottom) * rowStride;
  const rowStep = info.strideHeight * rowStride;
  const columnStep = info.strideWidth * inChannels;
  const positions = new Int32Array(batchSize * outHeight * outWidth);
  let position = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      let offset = image * imageStride + row * rowStep;
      for (const end = position + outWidth; position < end; position++) {
        positions[position] = offset;
        offset += columnStep;
      }
    }
  }
  const taps = new Int32Array(filterHeight * filterWidth * inChannels);
  let tap = 0;
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column++) {
      const start = row * info.dilationHeight * rowStride + column * info.dilationWidth * inChannels;
      for (let channel = 0; channel < inChannels; channel++) taps[tap++] = start + channel;
    }
  }
  return { padding, positions, taps };
}

/** 0, step, 2·step, …: the table of a dense row-major operand. */
export function strided(length: number, step: number): Int32Array {
  const table = new Int32Array(length);
  for (let index = 0; index < length; index++) table[index] = index * step;
  return table;
}
