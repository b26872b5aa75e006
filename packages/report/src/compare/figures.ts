// Figures of runs as people read them, and which figures a table of runs shows.
import { count } from '../number-format.ts';
import type { ComparedRun, SplitName } from './comparison-data.ts';

const bytes = (size: number): string => {
  if (size < 1024) return `${count(Math.round(size))} bytes`;
  return size < 1024 ** 2 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 ** 2).toFixed(2)} MB`;
};

const seconds = (value: number): string => {
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  const whole = Math.round(value);
  const two = (part: number): string => String(part).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};

/** A minus that is as wide as a plus, and none before a zero. */
const signed = (text: string): string =>
  Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');

const plain = (value: number): string =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)
    ? value.toFixed(4)
    : value.toExponential(2);

/** Accuracies are shares, shown as per cent; other metrics are shown as they are. */
export const isShare = (metric: string): boolean => metric === 'accuracy';

/** A score without its unit, which the head of its column tells: `94.62` per cent, `0.1234`. */
export const scoreText = (metric: string, value: number): string =>
  signed(isShare(metric) ? (value * 100).toFixed(2) : plain(value));

/** The unit of a score in the head of a column: `%`, or nothing. */
export const scoreUnit = (metric: string): string => (isShare(metric) ? '%' : '');

/** A difference of scores, with its margin: `0.42 ± 0.11 points`. */
export const scoreDifference = (metric: string, difference: number, margin?: number): string => {
  const text = [difference, ...(margin === undefined ? [] : [margin])]
    .map((value) => scoreText(metric, value))
    .join(' ± ');
  return isShare(metric) ? `${text} points` : text;
};

/** One figure of a run: a column of the table. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  of(run: ComparedRun): number | undefined;
  text(value: number): string;
  /** Whether it scatters between repetitions, so that a group shows mean ± deviation. */
  readonly scatters: boolean;
  /** Of a split: which. */
  readonly split?: SplitName;
}

const size = (name: string, of: Figure['of'], text: Figure['text']): Figure => ({
  name,
  unit: '',
  of,
  text,
  scatters: false,
});

/** What is chosen by comes first. */
const splits: readonly SplitName[] = ['validation', 'test', 'train'];

const scoreFigures = (metric: string): Figure[] =>
  splits.map((split) => ({
    name: `${split} ${metric}`,
    unit: scoreUnit(metric),
    of: ({ scores }) => scores[split]?.[metric],
    text: (value) => scoreText(metric, value),
    scatters: true,
    split,
  }));

const gapFigure = (metric: string, name: string): Figure => ({
  name,
  unit: isShare(metric) ? 'points' : '',
  of: ({ gap, metric: own }) => (own?.name === metric ? gap : undefined),
  text: (value) => scoreText(metric, value),
  scatters: true,
});

/** The figures of runs: scores of every metric that tests are made on, sizes, time. */
export const figuresOf = (runs: readonly ComparedRun[]): readonly Figure[] => {
  const metrics = [...new Set(runs.flatMap(({ metric }) => (metric ? [metric.name] : [])))];
  return [
    ...metrics.flatMap((metric) => [
      ...scoreFigures(metric),
      gapFigure(metric, metrics.length === 1 ? 'gap' : `gap of ${metric}`),
    ]),
    size('trainables', ({ trainables }) => trainables, count),
    size('parameters', ({ parameters }) => parameters, count),
    size(
      'compression',
      ({ parameters, trainables }) => parameters / trainables,
      (value) => `${value < 99.95 ? value.toFixed(1) : count(Math.round(value))} to 1`,
    ),
    size('stored', ({ bytes: stored }) => stored, bytes),
    size('epochs done', ({ epochs }) => epochs.length, count),
    { ...size('time', ({ seconds: time }) => time, seconds), scatters: true },
  ];
};
