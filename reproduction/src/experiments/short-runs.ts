// What the defaults give in a minute or two, with two baselines on the dataset that needs no download.
import type { Experiment, Json } from './experiment.ts';

const run = (name: string, config: Json): Experiment => ({ name: `short-${name}`, config, seeds: [0] });

export const shortRuns: readonly Experiment[] = [
  run('fashion-mnist-cnn2-slvt-2048', { target: 'cnn2', dataset: 'fashionMnist', latentDim: 2048 }),
  run('mnist-cnn2-slvt-2048', { target: 'cnn2', dataset: 'mnist', latentDim: 2048 }),
  run('glyphs-cnn2-direct', { target: 'cnn2', dataset: 'glyphs', parameterization: 'direct' }),
  // Its loss is convex, and its rate was found by hand.
  run('glyphs-linear-direct', {
    target: { use: 'mlp', hidden: [] },
    dataset: 'glyphs',
    parameterization: 'direct',
    learningRate: 0.3,
    epochs: 10,
  }),
];
