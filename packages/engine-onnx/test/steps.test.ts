// Whole training steps, from the latent to the optimizer's state, and the steps that evaluate: every target,
// parameterization, loss and optimizer, against TensorFlow.js' cpu backend.
import { mapping, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { mappingLoss } from '@mapping-networks/losses';
import { cnn1, cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { sgd, type TrainOptions } from '@mapping-networks/train';
import { describe, it } from 'vitest';
import { openEngines } from './against-cpu.ts';
import {
  binaryGlyphs,
  expectSteps,
  LOSSES,
  OPTIMIZERS,
  PARAMETERIZATIONS,
  REGRESSIONS,
} from './whole-steps.ts';

const engines = openEngines();

const short: Omit<TrainOptions, 'engine'> = {
  target: mlp({ hidden: [6] }),
  parameterization: mapping({ latentDim: 24 }),
  loss: mappingLoss(),
  dataset: glyphs({ train: 8, validation: 4, test: 3 }),
  batchSize: 4,
  epochs: 1,
};

const optimizers = Object.values(OPTIMIZERS);
const losses = Object.values(LOSSES);

describe.each(Object.entries(PARAMETERIZATIONS))('%s', (_, parameterization) => {
  const place = Object.values(PARAMETERIZATIONS).indexOf(parameterization);

  it.each(Object.entries(LOSSES))('%s', async (_name, loss) => {
    // Optimizers take turns: each meets each loss and several parameterizations.
    const optimizer = optimizers[(place + losses.indexOf(loss)) % optimizers.length] as Part<'optimizer'>;
    await expectSteps(engines(), { ...short, parameterization, loss, optimizer });
  });

  it.each([cnn2(), cnnBn()])('target $name', async (target) => {
    const loss = losses[place % losses.length] as Part<'loss'>;
    const optimizer = optimizers[(3 * place + 1) % optimizers.length] as Part<'optimizer'>;
    const dataset = glyphs({ train: 4, validation: 2, test: 2 });
    await expectSteps(engines(), {
      ...short,
      target,
      parameterization,
      loss,
      optimizer,
      dataset,
      batchSize: 2,
    });
  });
});

it.each(Object.entries(OPTIMIZERS))('optimizer %s', (_name, optimizer) =>
  expectSteps(engines(), { ...short, optimizer }),
);

it.each(Object.entries(REGRESSIONS))('%s', (_name, loss) =>
  expectSteps(engines(), {
    ...short,
    target: mlp({ hidden: [6], classes: 1 }),
    loss,
    dataset: binaryGlyphs(),
  }),
);

it('target cnn1', () =>
  expectSteps(engines(), {
    ...short,
    target: cnn1(),
    optimizer: sgd({ momentum: 0.9 }),
    dataset: glyphs({ train: 2, validation: 1, test: 1 }),
    batchSize: 2,
  }));
