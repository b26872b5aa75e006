// The loop that both gradients of a depthwise convolution share: every output position with every filter tap
// that falls inside the image there. Filter and output hold the `multiplier` outputs of a channel side by
// side.
import { backend_util } from '@tensorflow/tfjs-core';

/** Attributes that both gradients have in common. */
export interface DepthwiseAttrs {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

export const depthwiseInfo = (
  input: Shape4D,
  filter: Shape4D,
  attrs: DepthwiseAttrs,
): backend_util.Conv2DInfo =>
  backend_util.computeConv2DInfo(
    input,
    filter,
    attrs.strides,
    attrs.dilations,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );

/** Calls `visit` with the offsets of the first channel in the input, the output and the filter. */
export function walkDepthwise(
  info: backend_util.Conv2DInfo,
  visit: (input: number, output: number, filter: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  let output = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++, output += outChannels) {
        let filter = 0;
        for (let ky = 0; ky < info.filterHeight; ky++) {
          const iy = oy * info.strideHeight - info.padInfo.top + ky * info.dilationHeight;
          for (let kx = 0; kx < info.filterWidth; kx++, filter += outChannels) {
            const ix = ox * info.strideWidth - info.padInfo.left + kx * info.dilationWidth;
            if (iy < 0 || iy >= inHeight || ix < 0 || ix >= inWidth) continue;
            visit(((image * inHeight + iy) * inWidth + ix) * inChannels, output, filter);
          }
        }
      }
    }
  }
}
