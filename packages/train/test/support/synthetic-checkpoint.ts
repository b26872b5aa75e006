// A checkpoint without a run: as much as files need.
import { canonicalJson, type ArrayTensor } from '@mapping-networks/core';
import type { Checkpoint } from '@mapping-networks/train';
import { createHash } from 'node:crypto';

export const syntheticCheckpoint = (step: number, z: ArrayTensor): Checkpoint => {
  const run = { target: { use: 'synthetic' } };
  return {
    identity: createHash('sha256').update(canonicalJson(run)).digest('hex'),
    run,
    state: {
      step,
      epoch: 0,
      position: step,
      sums: {},
      learningRateScale: 1,
      trainables: { z },
      loss: {},
      optimizer: {},
      buffers: {},
    },
    history: [],
    seconds: step,
    warnings: [],
  };
};
