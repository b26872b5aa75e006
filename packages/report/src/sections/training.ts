// How the run went: losses, metrics, the terms of the loss and their weights, the learning rate.
import { lineChart } from '../chart/line-chart.ts';
import { isShare } from '../compare/figures.ts';
import { cards, section } from '../page/section.ts';
import { course, namesOf, ofBatches, ofEpochs, point, type Run } from './course.ts';
import { termCharts, termNames } from './loss-terms.ts';

/** A step tells the sum of all terms as its loss; only the epochs tell what the task's share of several is. */
const comparable = (run: Run, name: string): Run =>
  name === 'loss' && termNames(run).length > 1 && run.epochs.length > 0 ? { ...run, steps: [] } : run;

/** `meanAbsoluteError` as a heading: `Mean absolute error`. */
const titled = (name: string): string => {
  const words = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

const scoreChart = (all: Run, name: string): string => {
  const run = comparable(all, name);
  const summed = run.steps.length > 0 && termNames(run).length > 1;
  const what = summed ? 'The weighted sum of all terms. ' : 'What the task alone costs. ';
  const validation = ofEpochs(run.epochs, (record) => record.validation?.[name]);
  const validated = validation.points.length > 0;
  const text = `${name === 'loss' ? what : ''}${ofBatches(run.steps)}${validated ? ' Validation: after each epoch.' : ''}`;
  return lineChart({
    title: titled(name),
    text,
    x: 'epoch',
    y: name,
    share: isShare(name),
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
      ...(validated ? [{ name: 'validation', colour: 'validation' as const, ...validation }] : []),
    ],
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
        exact: true,
        ...(bySteps ? { points: ofSteps } : ofEpochs(epochs, (record) => record.learningRate)),
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
      text: run.epochs.some(({ validation }) => validation)
        ? 'Where validation parts from training, the network learns its examples by heart.'
        : 'There was no validation while training: the curves tell how well the training examples are learned, not how well others are.',
    },
    cards(
      [...scoreNames(run).map((name) => scoreChart(run, name)), ...termCharts(run), learningRateChart(run)],
      'thirds',
    ),
  );
