// The steps of whole runs: every built-in target, map, loss and optimizer can be recorded, and the graph computes what
// the cpu engine computed.
import * as tf from '@tensorflow/tfjs-core';
import { dense, direct, mapping, oneHot, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { interpret, trace } from '@mapping-networks/graph';
import { alignment, crossEntropy, mappingLoss, smoothness, stability } from '@mapping-networks/losses';
import { cnn1, cnn2, cnnBn, mlp, sequential } from '@mapping-networks/targets';
import {
  adam,
  adamW,
  clipByNorm,
  lookahead,
  rAdam,
  ranger,
  sgd,
  type TrainOptions,
} from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { capturedSteps, trainingStep } from './captured-steps.ts';
import { expectClose } from './expect-close.ts';

/** Overlapping and average pools, padding, strides, dropout, several activations. */
const pooled: Part<'target'> = {
  kind: 'target',
  name: 'pooled',
  options: {},
  impl: sequential({
    input: [28, 28, 1],
    layers: [
      { type: 'conv2d', filters: 3, kernelSize: 5, strides: 2, padding: 'same' },
      { type: 'elu' },
      { type: 'maxPool2d', poolSize: 3, strides: 2 },
      { type: 'batchNorm' },
      { type: 'tanh' },
      { type: 'avgPool2d', poolSize: 3, strides: 2, padding: 'same' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 10 },
    ],
  }),
};

const tiny = mlp({ hidden: [6] });

const base: Omit<TrainOptions, 'engine'> = {
  target: tiny,
  parameterization: mapping({ latentDim: 24 }),
  loss: crossEntropy(),
  dataset: glyphs({ train: 8, validation: 4, test: 3 }),
  batchSize: 4,
  epochs: 1,
};

/** Each step, recorded and computed, against the cpu. */
const compare = async (options: Partial<TrainOptions>): Promise<void> => {
  const steps = await capturedSteps({ ...base, ...options });
  expect(steps.length).toBeGreaterThanOrEqual(2);
  for (const { step, signature, runs } of steps) {
    const before = tf.memory().numTensors;
    const graph = trace(step, signature);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
    for (const { inputs, outputs } of runs.slice(0, 2)) {
      expectClose(interpret(graph, { ...signature.frozen, ...inputs }), outputs, 1e-4);
    }
  }
};

const variants: Readonly<Record<string, Partial<TrainOptions>>> = {
  'one latent': {},
  'a latent for each layer': {
    parameterization: mapping({ latentDim: 24, strategy: 'layerwise', activation: 'tanh' }),
  },
  'one-hot projection, linear modulation': {
    parameterization: mapping({ latentDim: 24, projection: oneHot(), modulation: 'linear' }),
  },
  'dense projection, trained, vector modulation, bias': {
    parameterization: mapping({
      latentDim: 5,
      projection: dense(),
      modulation: 'vector',
      train: ['latent', 'bias', 'projection'],
    }),
  },
  'additive modulation, sine': {
    parameterization: mapping({ latentDim: 24, modulation: 'additive', activation: 'sin' }),
  },
  'the network itself': { parameterization: direct() },
  'all terms, trained weights': { loss: mappingLoss({ weighting: 'trainable' }) },
  'all terms, uncertainty': {
    loss: mappingLoss({ terms: [stability(), smoothness(), alignment()], weighting: 'uncertainty' }),
    parameterization: mapping({ latentDim: 24, modulation: 'linear', strategy: 'layerwise' }),
  },
  'smoothed labels': { loss: crossEntropy({ labelSmoothing: 0.1 }) },
  sgd: { optimizer: sgd({ momentum: 0.9 }) },
  adam: { optimizer: adam() },
  adamW: { optimizer: adamW() },
  rAdam: { optimizer: rAdam() },
  ranger: { optimizer: ranger() },
  'lookahead, clipped': { optimizer: lookahead({ optimizer: clipByNorm({ optimizer: adam() }), period: 2 }) },
};

describe('a step of training or evaluation, recorded, computes what the cpu engine computes', () => {
  it.each(Object.entries(variants))('%s', async (_name, options) => {
    await compare(options);
  });

  it.each([cnn2(), cnnBn(), pooled])('target $name', async (target) => {
    await compare({ target, dataset: glyphs({ train: 4, validation: 2, test: 2 }), batchSize: 2 });
  });

  it('target cnn1 is recorded', async () => {
    const { step, signature } = await trainingStep({ ...base, target: cnn1(), loss: mappingLoss() });
    const { inputs, outputs } = trace(step, signature);
    expect(inputs.map(({ name }) => name)).toEqual(Object.keys(signature.inputs));
    const names = inputs.map(({ name }) => name).filter((name) => name.startsWith('model.'));
    expect(names.map((name) => outputs[name]?.type)).toEqual(
      names.map((name) => ({ ...signature.inputs[name] })),
    );
  });
});
