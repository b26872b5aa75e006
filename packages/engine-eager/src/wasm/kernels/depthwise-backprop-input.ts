// DepthwiseConv2dNativeBackpropInput, missing in tfjs-backend-wasm.
//   dx[i][c] = Σ_{p,k: p + k = i} Σ_m dy[p][c][m] · filter[k][c][m]
import { DepthwiseConv2dNativeBackpropInput } from '@tensorflow/tfjs-core';
import type { DepthwiseConv2dNativeBackpropInputAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { depthwiseInfo, walkDepthwise } from './depthwise-walk.ts';
import { floatsOf } from '../native/heap.ts';
import { wasmKernel } from './kernel.ts';
import { shape4D } from './shape-4d.ts';

export const depthwiseBackpropInput: KernelConfig = wasmKernel<
  'dy' | 'filter',
  DepthwiseConv2dNativeBackpropInputAttrs
>(DepthwiseConv2dNativeBackpropInput, ({ inputs, attrs, backend }) => {
  const info = depthwiseInfo(attrs.inputShape, shape4D(inputs.filter), attrs);
  const { inChannels, outChannels } = info;
  const multiplier = outChannels / inChannels;
  const out = backend.makeOutput(info.inShape, 'float32');
  const dx = floatsOf(backend, out).fill(0);
  const dy = floatsOf(backend, inputs.dy);
  const weights = floatsOf(backend, inputs.filter);
  walkDepthwise(info, (input, output, filter) => {
    for (let channel = 0, at = 0; channel < inChannels; channel++) {
      let sum = 0;
      for (let m = 0; m < multiplier; m++, at++) sum += dy[output + at]! * weights[filter + at]!;
      dx[input + channel]! += sum;
    }
  });
  return out;
});
