// How the run went: losses, metrics, the terms of the loss and their weights, the learning rate.
import type { EpochRecord } from '@mapping-networks/core';
import { lineChart, type Line } from '../chart/line-chart.ts';
import type { Point } from '../chart/thinned.ts';
import { figure } from '../number-format.ts';
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

type Course = Pick<Line, 'points' | 'marked'>;

/** One line for each name, told apart by colour, from the sixth on by dashes too. */
const ranked = (names: readonly string[], courseOf: (name: string) => Course): Line[] =>
  names.map((name, index) => ({
    name,
    colour: ranks[index % ranks.length] ?? 'one',
    dashed: index >= ranks.length,
    ...courseOf(name),
  }));

const ofEpochs = (
  epochs: readonly EpochRecord[],
  value: (record: EpochRecord) => number | undefined,
): Course => ({ points: epochs.flatMap((record) => point(record.epoch, value(record))), marked: true });

/** A loss of one term is its own chart already; of several, each is drawn before weighting. */
const termsChart = (run: Run): string =>
  lineChart({
    title: 'Terms of the loss',
    text: `Each term before it is weighted. ${ofBatches(run.steps)}`,
    x: 'epoch',
    y: 'value',
    lines: ranked(termNames(run), (name) =>
      course(
        run,
        ({ terms }) => terms?.[name],
        ({ terms }) => terms[name],
      ),
    ),
  });

/** Weights that never change, by name. */
const fixedWeights = ({ epochs }: Run): Named | undefined => {
  const [first] = epochs;
  const fixed = epochs.every(({ weights }) =>
    Object.entries(weights ?? {}).every(([name, weight]) => weight === first?.weights?.[name]),
  );
  return fixed ? first?.weights : undefined;
};

const contributionsChart = (run: Run): string => {
  const { epochs } = run;
  if (namesOf(epochs.map(({ weights }) => weights)).length < 2) return '';
  const fixed = Object.entries(fixedWeights(run) ?? {}).map(([name, weight]) => `${name} ${figure(weight)}`);
  const weights = fixed.length > 0 ? ` Fixed weights: ${fixed.join(', ')}.` : '';
  return lineChart({
    title: 'What each term contributes',
    text: `Weight times term, mean over each epoch; training minimises their sum.${weights}`,
    x: 'epoch',
    y: 'weight × term',
    lines: [
      ...ranked(termNames(run), (name) =>
        ofEpochs(epochs, ({ terms, weights: of }) => {
          const [term, weight] = [terms[name], of?.[name]];
          return term === undefined || weight === undefined ? undefined : term * weight;
        }),
      ),
      { name: 'sum', colour: 'training', dashed: true, ...ofEpochs(epochs, ({ objective }) => objective) },
    ],
  });
};

/** Weights that are fixed are told in words. */
const weightsChart = (run: Run): string =>
  fixedWeights(run)
    ? ''
    : lineChart({
        title: 'Weights of the terms',
        text: 'The factor of each term in the sum, at the end of each epoch.',
        x: 'epoch',
        y: 'weight',
        lines: ranked(namesOf(run.epochs.map(({ weights }) => weights)), (name) =>
          ofEpochs(run.epochs, ({ weights }) => weights?.[name]),
        ),
      });

const termCharts = (run: Run): string[] =>
  termNames(run).length < 2 ? [] : [termsChart(run), contributionsChart(run), weightsChart(run)];

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
        exact: true,
        ...(bySteps
          ? { points: ofSteps }
          : {
              points: epochs.map(({ epoch, learningRate }) => ({ x: epoch, y: learningRate })),
              marked: true,
            }),
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
      [...scoreNames(run).map((name) => scoreChart(run, name)), ...termCharts(run), learningRateChart(run)],
      'thirds',
    ),
  );
