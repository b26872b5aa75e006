// CNN2 of Mapping Networks: two unpadded convolutions and two dense layers.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { cnn2 as cnn2Layers } from '@mapping-networks/runtime';
import { z } from 'zod';
import { classes, imageShape, type ImageClassifierOptions } from './image-options.ts';
import { sequential } from './sequential.ts';

/**
 * CNN2: convolutions of 16 and 32 filters 3×3, unpadded, each with a 2×2 max-pool; dense 128; ReLU. 108,618
 * parameters at 28×28×1 and 10 classes.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134).
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION; TARGETS_WINDOW_TOO_LARGE for images under 10×10
 * @example
 * ```ts
 * import { cnn2 } from '@mapping-networks/targets';
 * console.log(cnn2({ classes: 2 }).impl.outputShape); // [2]
 * ```
 */
export const cnn2: Plugin<
  'target',
  'cnn2',
  Partial<ImageClassifierOptions>,
  ImageClassifierOptions
> = definePlugin({
  kind: 'target',
  name: 'cnn2',
  summary: 'CNN2 of the paper: 2 convolutions, 2 dense layers; 108,618 parameters at 28×28×1.',
  options: z.strictObject({ classes, inputShape: imageShape }),
  slots: {},
  create: (options) => sequential(cnn2Layers(options)),
});
