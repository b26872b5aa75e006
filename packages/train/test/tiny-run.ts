// The run that the tests vary: the linear classifier on the blobs, nine steps on the cpu.
import { cpu } from '@mapping-networks/engine-eager';
import type { TrainOptions } from '@mapping-networks/train';
import { crossEntropy, dataset, identity, linearTarget } from './tiny.ts';

export const base: TrainOptions = {
  target: linearTarget,
  parameterization: identity(),
  loss: crossEntropy,
  dataset,
  engine: cpu(),
  batchSize: 16,
  epochs: 3,
};
