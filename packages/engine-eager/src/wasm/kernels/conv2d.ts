// Conv2D: replaces the kernel of tfjs-backend-wasm, whose indirect convolution runs at a third of the speed.
//   y[p][o] = Σ_k x[p + k] · filter[k][o]      p: output positions, k: filter taps × input channels
import { backend_util, Conv2D } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { convTables, strided } from './conv-tables.ts';
import { wasmDataFormat } from '../errors.ts';
import { addressOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { withPadded } from './padded-image.ts';
import { shape4D } from './shape-4d.ts';
import { tableGemm } from './table-gemm.ts';

export const conv2d: KernelConfig = wasmKernel<'x' | 'filter', Conv2DAttrs>(
  Conv2D,
  ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    if (attrs.dataFormat === 'NCHW') throw wasmDataFormat(Conv2D, attrs.dataFormat);
    const info = backend_util.computeConv2DInfo(
      shape4D(x),
      shape4D(filter),
      attrs.strides,
      attrs.dilations,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const { outChannels } = info;
    const { padding, positions, taps } = convTables(info);
    const y = backend.makeOutput(info.outShape, 'float32');
    withPadded(backend, x, padding, (a) =>
      tableGemm(
        backend,
        {
          aRows: positions,
          aTaps: taps,
          bTaps: strided(taps.length, outChannels),
          bColumnStride: 1,
          columns: outChannels,
          cRows: strided(positions.length, outChannels),
          cColumnStride: 1,
        },
        [{ a, b: addressOf(backend, filter), c: addressOf(backend, y) }],
      ),
    );
    return y;
  },
);
