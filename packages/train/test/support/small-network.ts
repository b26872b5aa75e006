// A small network with BatchNorm and dropout on pictures of glyphs: quick on the cpu, and with all that a run can hold.
import { mapping, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { cpu } from '@mapping-networks/engine-eager';
import { crossEntropy, mappingLoss, stability } from '@mapping-networks/losses';
import { sequential } from '@mapping-networks/targets';
import type { TrainOptions } from '@mapping-networks/train';

const target: Part<'target'> = {
  kind: 'target',
  name: 'small',
  options: {},
  impl: sequential({
    input: [28, 28, 1],
    layers: [
      { type: 'avgPool2d', poolSize: 4 },
      { type: 'conv2d', name: 'conv', filters: 4, kernelSize: 3, bias: false },
      { type: 'batchNorm', name: 'norm' },
      { type: 'relu' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', name: 'fc', units: 10 },
    ],
  }),
};

/** Layer by layer, with a modulation; a noisy loss whose weight is trained; shifted pictures. Two epochs of 3 steps. */
export const smallNetwork: TrainOptions = {
  target,
  parameterization: mapping({ latentDim: 40, strategy: 'layerwise', modulation: 'vector' }),
  loss: mappingLoss({ task: crossEntropy(), terms: [stability()], weighting: { type: 'trainable' } }),
  dataset: glyphs({ train: 48, validation: 12, test: 12, augment: { shift: 2 } }),
  engine: cpu(),
  batchSize: 16,
  epochs: 2,
  checkpointEvery: 2,
};
