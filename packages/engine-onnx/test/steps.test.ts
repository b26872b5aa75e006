// Whole training steps, from the latent to the optimizer's state, and the steps that evaluate: every target,
// parameterization, loss and optimizer, against TensorFlow.js' cpu backend.
import { mapping, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { wasm } from '@mapping-networks/engine-eager';
import { crossEntropy, mappingLoss } from '@mapping-networks/losses';
import { cnn1, cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { sgd, type TrainOptions } from '@mapping-networks/train';
import { describe, it } from 'vitest';
import { openEngines } from './against-cpu.ts';
import {
  binaryGlyphs,
  expectSteps,
  halfSize,
  LOSSES,
  LOSSES_OF_ANY,
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

/** For networks that are slow on the cpu: one step of training, and one evaluation. */
const few = (): Part<'dataset'> => glyphs({ train: 2, validation: 0, test: 1 });
const once = { batchSize: 2, trainScoreLimit: 0 };

const optimizers = Object.values(OPTIMIZERS);

describe.each(Object.entries(PARAMETERIZATIONS))('%s', (_, parameterization) => {
  const place = Object.values(PARAMETERIZATIONS).indexOf(parameterization);
  const { regularizers } = parameterization.impl.bind(short.target.impl.parameters);
  const losses = Object.entries('smoothness' in regularizers ? LOSSES : LOSSES_OF_ANY);
  // Losses and optimizers take turns: all of them meet all maps, and each other.
  const inTurn = <T>(all: readonly T[], turn: number): T => all[turn % all.length] as T;

  it.each(losses)('%s', async (name, loss) => {
    const optimizer = inTurn(optimizers, place + losses.findIndex(([other]) => other === name));
    await expectSteps(engines(), { ...short, parameterization, loss, optimizer });
  });

  // At full size for the first map; for the others the reference would take most of a minute.
  const [dataset, inputShape] = place === 0 ? [few(), [28, 28, 1]] : [halfSize(few()), [14, 14, 1]];

  it.each([cnn2({ inputShape }), cnnBn({ inputShape })])('target $name', async (target) => {
    const [, loss] = inTurn(losses, place);
    const optimizer = inTurn(optimizers, 3 * place + 1);
    // Behind a normalization, gradients are small differences of large sums.
    const scale = target.name === 'cnnBn' ? 0.1 : undefined;
    const options = { ...short, ...once, target, parameterization, loss, optimizer, dataset };
    await expectSteps(engines(), options, scale);
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

describe('target cnn1', () => {
  const options = { ...short, ...once, loss: crossEntropy(), optimizer: sgd({ momentum: 0.9 }) };

  it('at half its size', () =>
    expectSteps(engines(), {
      ...options,
      target: cnn1({ inputShape: [14, 14, 1] }),
      dataset: halfSize(few()),
    }));

  // The cpu takes ten seconds for it; engine-eager proves that wasm does what the cpu does.
  it('at its size, against wasm', () =>
    expectSteps(engines(), { ...options, target: cnn1(), dataset: few() }, undefined, wasm()));
});
