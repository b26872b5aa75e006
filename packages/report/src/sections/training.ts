// How the run went: losses, metrics, the terms of the loss and their weights, the learning rate.
import type { EpochRecord } from '@mapping-networks/core';
import { lineChart, type Line } from '../chart/line-chart.ts';
import type { Point } from '../chart/thinned.ts';
import { cards, section } from '../page/section.ts';
import type { ReportData, StepPoint } from '../report-data.ts';
import type { ColourName } from '../style/colours.ts';

type Run = Pick<ReportData, 'steps' | 'epochs'>;
type Named = Readonly<Record<string, number>>;

const ranks: readonly ColourName[] = ['one', 'two', 'three', 'four', 'five'];

/** Names in the order in which they first appear. */
const namesOf = (records: readonly (Named | undefined)[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record ?? {}))),
];

const point = (x: number, y: number | undefined): Point[] => (y === undefined ? [] : [{ x, y }]);

/** The values of a step or, in a run without steps, of the epochs. */
const course = (
  { steps, epochs }: Run,
  ofStep: (step: StepPoint) => number | undefined,
  ofEpoch: (epoch: EpochRecord) => number | undefined,
): Pick<Line, 'points' | 'marked'> => {
  const points = steps.flatMap((step) => point(step.epoch, ofStep(step)));
  if (points.length > 0) return { points };
  return { points: epochs.flatMap((record) => point(record.epoch, ofEpoch(record))), marked: true };
};

/** How the training line was made, as part of the sentence below a title. */
const ofBatches = (steps: readonly StepPoint[]): string =>
  steps.length > 0
    ? 'Training: mean of some batches, the band holds 80 % of them.'
    : 'Training: mean over each epoch.';

/** Names of the terms, the sum's own loss not among them. */
const termNames = ({ steps, epochs }: Run): string[] =>
  namesOf([...steps.map(({ terms }) => terms), ...epochs.map(({ terms }) => terms)]);

/** A step tells the sum of all terms as its loss; only the epochs tell what the task's share of several is. */
const comparable = (run: Run, name: string): Run =>
  name === 'loss' && termNames(run).length > 1 && run.epochs.length > 0 ? { ...run, steps: [] } : run;

const scoreChart = (all: Run, name: string): string => {
  const run = comparable(all, name);
  const text = `${name === 'loss' ? 'What the task alone costs. ' : ''}${ofBatches(run.steps)} Validation: after each epoch.`;
  const validation = run.epochs.flatMap(({ epoch, validation: scores }) => point(epoch, scores?.[name]));
  return lineChart({
    title: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    text,
    x: 'epoch',
    y: name,
    lines: [
      {
        name: 'training',
        colour: 'training',
        ...course(
          run,
          ({ scores }) => scores[name],
          ({ train }) => train[name],
        ),
      },
      { name: 'validation', colour: 'validation', points: validation, marked: true },
    ],
  });
};

/** A loss of one term is its own chart already; of several, each is drawn before weighting. */
const termsChart = (run: Run): string => {
  const names = termNames(run);
  if (names.length < 2) return '';
  return lineChart({
    title: 'Terms of the loss',
    text: 'Each before weighting, and the weighted sum that training minimises.',
    x: 'epoch',
    y: 'value',
    lines: [
      ...names.map((name, index) => ({
        name,
        colour: ranks[index % ranks.length] ?? 'one',
        dashed: index >= ranks.length,
        ...course(
          run,
          ({ terms }) => terms?.[name],
          ({ terms }) => terms[name],
        ),
      })),
      {
        name: 'sum',
        colour: 'training',
        dashed: true,
        ...course(
          run,
          ({ scores }) => scores['loss'],
          ({ objective }) => objective,
        ),
      },
    ],
  });
};

const weightsChart = ({ epochs }: Run): string => {
  const names = namesOf(epochs.map(({ weights }) => weights));
  if (names.length < 2) return '';
  return lineChart({
    title: 'Weights of the terms',
    text: 'The factor of each term in the sum, at the end of each epoch.',
    x: 'epoch',
    y: 'weight',
    lines: names.map((name, index) => ({
      name,
      colour: ranks[index % ranks.length] ?? 'one',
      dashed: index >= ranks.length,
      marked: true,
      points: epochs.flatMap(({ epoch, weights }) => point(epoch, weights?.[name])),
    })),
  });
};

const learningRateChart = ({ steps, epochs }: Run): string => {
  const ofSteps = steps.flatMap(({ step, learningRate }, index) => point(step ?? index + 1, learningRate));
  const bySteps = ofSteps.length > 0;
  return lineChart({
    title: 'Learning rate',
    text: bySteps ? 'The schedule as it was applied, step by step.' : 'At the end of each epoch.',
    x: bySteps ? 'step' : 'epoch',
    y: 'learning rate',
    zero: true,
    lines: [
      {
        name: 'learning rate',
        colour: 'one',
        ...(bySteps
          ? { points: ofSteps }
          : { points: epochs.map(({ epoch, learningRate }) => ({ x: epoch, y: learningRate })), marked: true }),
      },
    ],
  });
};

/** Every score of the run, the loss first. */
const scoreNames = ({ steps, epochs }: Run): string[] =>
  namesOf([
    { loss: 0 },
    ...steps.map(({ scores }) => scores),
    ...epochs.flatMap(({ train, validation }) => [train, validation]),
  ]);

export const training = (run: Run): string =>
  section(
    {
      id: 'training',
      title: 'Training',
      text: 'Where validation parts from training, the network learns its examples by heart.',
    },
    cards(
      [
      ...scoreNames(run).map((name) => scoreChart(run, name)),
      termsChart(run),
      weightsChart(run),
      learningRateChart(run),
    ], 'thirds'),
  );
