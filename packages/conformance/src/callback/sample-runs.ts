// Runs told to callbacks: one to its end, one that is aborted before its first step and is never scored, and one that is
// taken up in its second epoch, goes back two steps and is out of time in the third.
import { float32, type NamedArrays, type Scores, type TrainEvent } from '@mapping-networks/core';

const EPOCHS = 3;
const STEPS_PER_EPOCH = 4;
const STEPS = EPOCHS * STEPS_PER_EPOCH;

/** Better until the second epoch, worse in the third: overfitting, so that whoever waits for it sees it. */
const scoresOf = (epoch: number): Scores => ({ loss: 2 - (epoch === 3 ? 1 : epoch), accuracy: 0.3 * epoch });

const trainablesOf = (epoch: number): NamedArrays => ({ z: float32(Float32Array.of(epoch, -1, 0.5)) });

const start = {
  type: 'start',
  step: 0,
  steps: STEPS,
  epochs: EPOCHS,
  trainables: 3,
  targetParameters: 20,
  dataset: {
    name: 'sample',
    title: 'Sample',
    inputShape: [4],
    task: 'classification',
    classes: ['a', 'b'],
    normalization: { scale: 1, mean: 0, std: 1 },
    source: { title: 'sample', url: 'https://example.org', licence: 'CC0-1.0' },
  },
  engine: 'none',
} as const satisfies TrainEvent;

const stepsOf = (epoch: number): TrainEvent[] =>
  Array.from({ length: STEPS_PER_EPOCH }, (_, i) => ({
    type: 'step',
    step: (epoch - 1) * STEPS_PER_EPOCH + i + 1,
    steps: STEPS,
    epoch,
    loss: 1 / epoch,
    learningRate: 0.1,
    metrics: { accuracy: 0.3 * epoch },
    terms: { task: 1 / epoch },
    trainables: trainablesOf(epoch),
  }));

const epochOf = (epoch: number): TrainEvent[] => [
  ...stepsOf(epoch),
  { type: 'evaluate', split: 'validation', scores: scoresOf(epoch) },
  {
    type: 'epoch',
    epochs: EPOCHS,
    trainables: trainablesOf(epoch),
    record: {
      epoch,
      learningRate: 0.1,
      objective: 1 / epoch,
      terms: { task: 1 / epoch },
      weights: { task: 1 },
      train: scoresOf(epoch),
      validation: scoresOf(epoch),
      seconds: 1,
    },
  },
  { type: 'checkpoint', step: epoch * STEPS_PER_EPOCH, kind: 'latest' },
  ...bestOf(epoch),
];

const bestOf = (epoch: number): TrainEvent[] =>
  epoch === 3 ? [] : [{ type: 'checkpoint', step: epoch * STEPS_PER_EPOCH, kind: 'best' }];

/** Every type of event, in the order of a run. */
export const completedRun = (): readonly TrainEvent[] => [
  start,
  { type: 'warning', code: 'SAMPLE_WARNING', message: 'a term has no effect' },
  ...[1, 2, 3].flatMap(epochOf),
  { type: 'evaluate', split: 'train', scores: scoresOf(3) },
  { type: 'evaluate', split: 'test', scores: scoresOf(3) },
  { type: 'end', reason: 'completed' },
];

export const abortedRun = (): readonly TrainEvent[] => [start, { type: 'end', reason: 'aborted' }];

/** Steps 7 to 10 of 12, of which 7 and 8 were lost once. */
export const resumedRun = (): readonly TrainEvent[] => [
  { ...start, step: 6 },
  ...stepsOf(2).slice(2),
  { type: 'warning', code: 'TRAIN_ROLLED_BACK', message: 'back to step 6' },
  ...epochOf(2).slice(2),
  ...stepsOf(3).slice(0, 2),
  { type: 'checkpoint', step: 10, kind: 'latest' },
  { type: 'end', reason: 'time-limit' },
];
