// DepthwiseConv2dNativeBackpropFilter, missing in tfjs-backend-wasm.
//   df[k][c][m] = Σ_p x[p + k][c] · dy[p][c][m]      p: output positions, m: outputs of channel c
import { DepthwiseConv2dNativeBackpropFilter } from '@tensorflow/tfjs-core';
import type { DepthwiseConv2dNativeBackpropFilterAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { depthwiseInfo, walkDepthwise } from './depthwise-walk.ts';
import { floatsOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { shape4D } from './shape-4d.ts';

export const depthwiseBackpropFilter: KernelConfig = wasmKernel<
  'x' | 'dy',
  DepthwiseConv2dNativeBackpropFilterAttrs
>(DepthwiseConv2dNativeBackpropFilter, ({ inputs, attrs, backend }) => {
  const info = depthwiseInfo(shape4D(inputs.x), attrs.filterShape, attrs);
  const { inChannels, outChannels } = info;
  const multiplier = outChannels / inChannels;
  const df = backend.makeOutput(info.filterShape, 'float32');
  const x = floatsOf(backend, inputs.x);
  const dy = floatsOf(backend, inputs.dy);
  // Thousands of terms go into each sum: float64 keeps their rounding errors away.
  const sums = new Float64Array(info.filterHeight * info.filterWidth * outChannels);
  walkDepthwise(info, (input, output, filter) => {
    for (let channel = 0, at = 0; channel < inChannels; channel++) {
      const value = x[input + channel]!;
      for (let m = 0; m < multiplier; m++, at++) sums[filter + at]! += value * dy[output + at]!;
    }
  });
  floatsOf(backend, df).set(sums);
  return df;
});
