// Conv2DBackpropInput: the gradient of a convolution with respect to its input; replaces a scalar loop.
//   dx[i][c] = Σ_{k,o} dy[(i + pad − k) / stride][o] · filter[k][c][o]      over the k that divide evenly
// Input rows and columns fall into stride_y × stride_x phases; all pixels of a phase use the same taps, so
// each phase is one dense product over padded dy, with no multiplications by inserted zeros.
import { backend_util, Conv2DBackpropInput } from '@tensorflow/tfjs-core';
import type { Conv2DBackpropInputAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { inputAxis, phases } from './input-phases.ts';
import type { Phase } from './input-phases.ts';
import { wasmDataFormat } from '../errors.ts';
import { addressOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { withPadded } from './padded-image.ts';
import { shape4D } from './shape-4d.ts';
import { tableGemm } from './table-gemm.ts';
import type { GemmTables } from './table-gemm.ts';

export const conv2dBackpropInput: KernelConfig = wasmKernel<'dy' | 'filter', Conv2DBackpropInputAttrs>(
  Conv2DBackpropInput,
  ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs;
    if (attrs.dataFormat === 'NCHW') throw wasmDataFormat(Conv2DBackpropInput, attrs.dataFormat);
    const asked = backend_util.computeConv2DInfo(
      attrs.inputShape,
      shape4D(filter),
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    // TensorFlow.js forgets the rounding mode on the way here: the size of dy is the one that was rounded.
    const [, outHeight = 0, outWidth = 0] = dy.shape;
    const info = { ...asked, outHeight, outWidth };
    const y = inputAxis(
      info.inHeight,
      info.outHeight,
      info.filterHeight,
      info.strideHeight,
      info.padInfo.top,
    );
    const x = inputAxis(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left);
    const padding = { top: y.before, bottom: y.after, left: x.before, right: x.after };
    const width = x.before + info.outWidth + x.after;
    const height = y.before + info.outHeight + y.after;
    const dx = backend.makeOutput(info.inShape, 'float32');
    withPadded(backend, dy, padding, (a) => {
      for (const rows of phases(y)) {
        for (const columns of phases(x)) {
          const tables = phaseTables(info, rows, columns, height, width);
          tableGemm(backend, tables, [{ a, b: addressOf(backend, filter), c: addressOf(backend, dx) }]);
        }
      }
    });
    return dx;
  },
);

/** Tables of one phase: rows are its input pixels, taps its (filter row, filter column, output channel). */
function phaseTables(
  info: backend_util.Conv2DInfo,
  rows: Phase,
  columns: Phase,
  height: number,
  width: number,
): GemmTables {
  const { batchSize, inHeight, inWidth, inChannels, outChannels, filterWidth } = info;
  const aRows: number[] = [];
  const cRows: number[] = [];
  for (let image = 0; image < batchSize; image++) {
    for (const { input: iy, output: oy } of rows.pixels) {
      for (const { input: ix, output: ox } of columns.pixels) {
        aRows.push(((image * height + oy) * width + ox) * outChannels);
        cRows.push(((image * inHeight + iy) * inWidth + ix) * inChannels);
      }
    }
  }
  const aTaps: number[] = [];
  const bTaps: number[] = [];
  for (const { tap: ky, back: ty } of rows.taps) {
    for (const { tap: kx, back: tx } of columns.taps) {
      for (let channel = 0; channel < outChannels; channel++) {
        aTaps.push(channel - (ty * width + tx) * outChannels);
        bTaps.push((ky * filterWidth + kx) * inChannels * outChannels + channel);
      }
    }
  }
  return {
    aRows: Int32Array.from(aRows),
    aTaps: Int32Array.from(aTaps),
    bTaps: Int32Array.from(bTaps),
    bColumnStride: outChannels,
    columns: inChannels,
    cRows: Int32Array.from(cRows),
    cColumnStride: 1,
  };
}
