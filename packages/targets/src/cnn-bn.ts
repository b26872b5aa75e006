// A small network with buffers and masks: the smallest one on which a trainer can get running statistics and
// dropout wrong.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { classes, imageShape, type ImageClassifierOptions } from './image-options.ts';
import { sequential } from './sequential.ts';

/** The whole options of `cnnBn`. */
export interface CnnBnOptions extends ImageClassifierOptions {
  /** The rate of the dropout before the last layer, in [0, 1); default 0.25. */
  readonly dropout: number;
}

/**
 * Two convolutions of 16 and 32 filters 3×3, padded and without bias, each followed by BatchNorm, a 2×2 max-pool and
 * ReLU; dropout; dense. 20,538 parameters and 96 buffer values at 28×28×1 and 10 classes.
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION; TARGETS_WINDOW_TOO_LARGE for images under 4×4
 * @example
 * ```ts
 * import { cnnBn } from '@mapping-networks/targets';
 * const { buffers, masks } = cnnBn({ dropout: 0.5 }).impl;
 * console.log(buffers.length, masks.map(({ name, rate }) => `${name} ${rate}`)); // 4 ['dropout.mask 0.5']
 * ```
 */
export const cnnBn: Plugin<'target', 'cnnBn', Partial<CnnBnOptions>, CnnBnOptions> = definePlugin({
  kind: 'target',
  name: 'cnnBn',
  summary: 'Small CNN with BatchNorm and dropout; 20,538 parameters at 28×28×1.',
  options: z.strictObject({
    classes,
    inputShape: imageShape,
    dropout: z.number().min(0).lt(1).default(0.25).describe('Rate of the dropout before the last layer.'),
  }),
  slots: {},
  create: (options) =>
    sequential({
      input: options.inputShape,
      layers: [
        { type: 'conv2d', name: 'conv1', filters: 16, kernelSize: 3, padding: 'same', bias: false },
        { type: 'batchNorm', name: 'norm1' },
        { type: 'maxPool2d', poolSize: 2 },
        { type: 'relu' },
        { type: 'conv2d', name: 'conv2', filters: 32, kernelSize: 3, padding: 'same', bias: false },
        { type: 'batchNorm', name: 'norm2' },
        { type: 'maxPool2d', poolSize: 2 },
        { type: 'relu' },
        { type: 'flatten' },
        { type: 'dropout', name: 'dropout', rate: options.dropout },
        { type: 'dense', name: 'fc', units: options.classes },
      ],
    }),
});
