// The run that the golden checkpoints are of. It never changes: they could not be resumed any more.
import { adam, type TrainOptions } from '@mapping-networks/train';
import { smallNetwork } from '../support/small-network.ts';

export const goldenRun: TrainOptions = {
  ...smallNetwork,
  optimizer: adam(),
  seed: 3,
  checkpointEvery: 0,
  onNan: 'halve-lr',
  restoreBest: true,
};
