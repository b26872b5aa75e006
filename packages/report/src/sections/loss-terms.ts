// The terms of a loss of several: each alone, what each contributes to the objective, and weights that change.
import { lineChart, type Line } from '../chart/line-chart.ts';
import { figure } from '../number-format.ts';
import type { ColourName } from '../style/colours.ts';
import { course, namesOf, ofBatches, ofEpochs, type Course, type Named, type Run } from './course.ts';

const ranks: readonly ColourName[] = ['one', 'two', 'three', 'four', 'five'];

/** One line for each name, told apart by colour, from the sixth on by dashes too. */
const ranked = (names: readonly string[], courseOf: (name: string) => Course): Line[] =>
  names.map((name, index) => ({
    name,
    colour: ranks[index % ranks.length] ?? 'one',
    stroke: index >= ranks.length ? 'dashed' : 'solid',
    ...courseOf(name),
  }));

/** Names of the terms of the loss. */
export const termNames = ({ steps, epochs }: Run): string[] =>
  namesOf([...steps.map(({ terms }) => terms), ...epochs.map(({ terms }) => terms)]);

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
    text: `Each term times its weight, over each epoch, and the objective that training minimises.${weights}`,
    x: 'epoch',
    y: 'weight × term',
    lines: [
      ...ranked(termNames(run), (name) =>
        ofEpochs(epochs, ({ terms, weights: of }) => {
          const [term, weight] = [terms[name], of?.[name]];
          return term === undefined || weight === undefined ? undefined : term * weight;
        }),
      ),
      {
        name: 'objective',
        colour: 'training',
        stroke: 'dashed',
        ...ofEpochs(epochs, ({ objective }) => objective),
      },
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

/** Nothing for a loss of one term, which has a chart already. */
export const termCharts = (run: Run): string[] =>
  termNames(run).length < 2 ? [] : [termsChart(run), contributionsChart(run), weightsChart(run)];
