// The events of a small run, as the trainer emits them.
import type { TrainEvent } from '@mapping-networks/core';

export const steps = 40;
export const epochs = 2;

export const start: TrainEvent = {
  type: 'start',
  step: 0,
  steps,
  epochs,
  trainables: 2048,
  targetParameters: 108618,
  engine: 'eager cpu',
  dataset: {
    name: 'glyphs',
    title: 'Glyphs',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: ['0', '1'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
    source: { title: 'drawn', url: 'https://example.org', licence: 'Apache-2.0' },
  },
};

export const step = (index: number): TrainEvent => ({
  type: 'step',
  step: index,
  steps,
  epoch: index <= steps / 2 ? 1 : 2,
  loss: 1 / index,
  learningRate: 0.1,
  metrics: { accuracy: index / steps },
  terms: {},
  trainables: {},
});

const validation = [
  { loss: 0.6, accuracy: 0.75 },
  { loss: 0.5, accuracy: 0.7 },
] as const;

export const evaluate = (epoch: 1 | 2): TrainEvent => ({
  type: 'evaluate',
  split: 'validation',
  scores: validation[epoch === 1 ? 0 : 1],
});

export const epoch = (index: 1 | 2): TrainEvent => ({
  type: 'epoch',
  epochs,
  trainables: {},
  record: {
    epoch: index,
    learningRate: 0.1,
    objective: 0.5,
    terms: {},
    train: { loss: 0.5, accuracy: 0.8 },
    validation: validation[index === 1 ? 0 : 1],
    seconds: 75,
  },
});

export const warning: TrainEvent = { type: 'warning', code: 'X', message: 'a term has no effect' };
export const saved = (index: number): TrainEvent => ({ type: 'checkpoint', step: index, kind: 'latest' });
export const end: TrainEvent = { type: 'end', reason: 'completed' };

const half = steps / 2;

export const run: readonly TrainEvent[] = [
  start,
  ...Array.from({ length: half }, (_, i) => step(i + 1)),
  evaluate(1),
  epoch(1),
  saved(half),
  warning,
  ...Array.from({ length: half }, (_, i) => step(half + i + 1)),
  evaluate(2),
  epoch(2),
  saved(steps),
  end,
];

/** The whole lines that this run leaves, wherever it is shown. */
export const printed: readonly string[] = [
  'training on Glyphs: 2,048 trainables for 108,618 parameters (53.0 to 1)',
  '40 steps in 2 epochs, eager cpu',
  'epoch 1/2 | train loss 0.5000, accuracy 80.00 % | validation 0.6000, 75.00 % | 1 min 15 s',
  'warning: a term has no effect',
  'epoch 2/2 | train loss 0.5000, accuracy 80.00 % | validation 0.5000, 70.00 % | 1 min 15 s',
];
