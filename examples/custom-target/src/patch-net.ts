// A network made of layers: cuts the picture into patches, mixes the channels of each, averages, classifies.
import { defineTarget, sequential } from '@mapping-networks/targets';
import { z } from 'zod';

export const patchNet = defineTarget({
  name: 'patchNet',
  summary: 'Patches of a picture, two layers on each, averaged over 2×2 regions.',
  options: z.strictObject({
    inputShape: z.array(z.int().min(1)).length(3).default([28, 28, 1]),
    classes: z.int().min(1).default(10),
    patch: z.int().min(1).default(4).describe('Side of a patch in pixels.'),
    width: z.int().min(1).default(48).describe('Channels of each patch.'),
  }),
  build: ({ inputShape, classes, patch, width }) =>
    sequential({
      input: inputShape,
      layers: [
        { type: 'conv2d', name: 'patches', filters: width, kernelSize: patch, strides: patch },
        { type: 'batchNorm', name: 'norm' },
        { type: 'gelu' },
        { type: 'conv2d', name: 'mix', filters: width, kernelSize: 1 },
        { type: 'gelu' },
        { type: 'avgPool2d', poolSize: 2, padding: 'same' },
        { type: 'flatten' },
        { type: 'dense', name: 'head', units: classes },
      ],
    }),
});
