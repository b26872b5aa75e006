// CNN1 of Mapping Networks: four padded convolutions and two dense layers.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { cnn1 as cnn1Layers } from '@mapping-networks/runtime';
import { z } from 'zod';
import { classes, imageShape, type ImageClassifierOptions } from './image-options.ts';
import { sequential } from './sequential.ts';

/**
 * CNN1: convolutions of 32, 64, 128 and 128 filters 3×3, padded, with a 2×2 max-pool after the first, second and
 * fourth; dense 256; ReLU. 537,994 parameters at 28×28×1 and 10 classes.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134).
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION; TARGETS_WINDOW_TOO_LARGE for images under 8×8
 * @example
 * ```ts
 * import { cnn1 } from '@mapping-networks/targets';
 * console.log(cnn1().impl.parameters.size); // 537994
 * ```
 */
export const cnn1: Plugin<
  'target',
  'cnn1',
  Partial<ImageClassifierOptions>,
  ImageClassifierOptions
> = definePlugin({
  kind: 'target',
  name: 'cnn1',
  summary: 'CNN1 of the paper: 4 convolutions, 2 dense layers; 537,994 parameters at 28×28×1.',
  options: z.strictObject({ classes, inputShape: imageShape }),
  slots: {},
  create: (options) => sequential(cnn1Layers(options)),
});
