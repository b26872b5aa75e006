// One training run: a plan, perhaps a checkpoint to go on from, and news of how it goes.
import { encodeBundle, mapping, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { crossEntropy } from '@mapping-networks/losses';
import { cnn2, feedForward, mlp } from '@mapping-networks/targets';
import {
  callback,
  decodeCheckpoint,
  encodeCheckpoint,
  train,
  type Checkpoint,
  type TrainResult,
} from '@mapping-networks/train';
import { browserEngine } from './engine.ts';
import type { News, Plan } from './messages.ts';

/** As lists of layers: the runtime reads those without knowing the network by name. */
const targetOf = (name: Plan['target']): Part<'target'> => {
  const target = { mlp, cnn2 }[name]();
  return target.impl.network ? feedForward(target.impl.network) : target;
};

/** Trains, and tells of it. A stopped run ends with what it has learnt, and a checkpoint. */
export const run = async (
  { target, latentDim, epochs }: Plan,
  checkpoint: Uint8Array | undefined,
  signal: AbortSignal,
  tell: (news: News) => void,
): Promise<void> => {
  let latest: Checkpoint | undefined;
  const result = await train({
    target: targetOf(target),
    parameterization: mapping({ latentDim }),
    loss: crossEntropy(),
    dataset: glyphs({ train: 6000, validation: 500, test: 1000 }),
    engine: await browserEngine(),
    epochs,
    batchSize: 64,
    trainScoreLimit: 0,
    callbacks: [reporting(tell)],
    checkpoints: { save: async (state) => void (latest = state), saveBest: async () => {} },
    signal,
    ...(checkpoint && { resume: decodeCheckpoint(checkpoint) }),
  });
  tell(ended(result, latest));
};

const reporting = (tell: (news: News) => void): ReturnType<typeof callback> => {
  let step = 0;
  return callback({
    on: (event) => {
      if (event.type === 'start') {
        const { engine, trainables, targetParameters: parameters } = event;
        tell({ type: 'start', engine, trainables, parameters });
      } else if (event.type === 'step') {
        ({ step } = event);
        const { steps, loss, metrics } = event;
        tell({ type: 'step', step, steps, loss, accuracy: metrics['accuracy'] ?? 0 });
      } else if (event.type === 'evaluate' && event.split === 'validation') {
        tell({ type: 'validation', step, accuracy: event.scores['accuracy'] ?? 0 });
      }
    },
  });
};

const ended = ({ reason, model, test }: TrainResult, latest: Checkpoint | undefined): News => ({
  type: 'end',
  reason,
  files: encodeBundle(model),
  ...(reason === 'aborted' && latest && { checkpoint: encodeCheckpoint(latest) }),
  ...(test && { test: test['accuracy'] ?? 0 }),
});
