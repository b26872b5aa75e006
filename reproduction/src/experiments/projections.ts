// `hadamard` against `oneHot`: what the default projection was chosen by.
import type { Experiment } from './experiment.ts';

const contest = (target: string, latentDim: number, epochs: number): readonly Experiment[] =>
  ['hadamard', 'oneHot'].map((projection) => ({
    name: `projection-${target}-${latentDim}-${projection}`,
    config: {
      target,
      dataset: 'fashionMnist',
      parameterization: { use: 'mapping', latentDim, projection },
      epochs,
    },
    seeds: [0],
  }));

export const projectionContests: readonly Experiment[] = [
  ...contest('cnn2', 1024, 2),
  ...contest('cnn2', 2048, 2),
  ...contest('cnn1', 2072, 1),
];
