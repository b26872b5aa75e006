// Conv2DBackpropFilter: the gradient of a convolution with respect to its filter, missing in tfjs-backend-
// wasm.
//   df[k][o] = Σ_p x[p + k] · dy[p][o]         k: filter taps × input channels, p: output positions
import { backend_util, Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import type { Conv2DBackpropFilterAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { convTables, strided } from './conv-tables.ts';
import { wasmDataFormat } from '../errors.ts';
import { addressOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { withPadded } from './padded-image.ts';
import { shape4D } from './shape-4d.ts';
import { tableGemm } from './table-gemm.ts';

export const conv2dBackpropFilter: KernelConfig = wasmKernel<'x' | 'dy', Conv2DBackpropFilterAttrs>(
  Conv2DBackpropFilter,
  ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs;
    if (attrs.dataFormat === 'NCHW') throw wasmDataFormat(Conv2DBackpropFilter, attrs.dataFormat);
    const asked = backend_util.computeConv2DInfo(
      shape4D(x),
      attrs.filterShape,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    // TensorFlow.js forgets the rounding mode on the way here: the size of dy is the one that was rounded.
    const [, outHeight = 0, outWidth = 0] = dy.shape;
    const info = { ...asked, outHeight, outWidth };
    const { outChannels } = info;
    const { padding, positions, taps } = convTables(info);
    const df = backend.makeOutput(info.filterShape, 'float32');
    withPadded(backend, x, padding, (a) =>
      tableGemm(
        backend,
        {
          aRows: taps,
          aTaps: positions,
          bTaps: strided(positions.length, outChannels),
          bColumnStride: 1,
          columns: outChannels,
          cRows: strided(taps.length, outChannels),
          cColumnStride: 1,
        },
        [{ a, b: addressOf(backend, dy), c: addressOf(backend, df) }],
      ),
    );
    return df;
  },
);
