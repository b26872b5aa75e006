// One chart: a score over epochs, while training (binned means of the steps) and on the validation split. Drawn by
// Observable Plot in a document without a browser; colours are CSS variables, so one SVG serves light and dark.
import type { EpochRecord } from '@mapping-networks/core';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { binnedMean } from './binned-mean.ts';
import { escape } from './escape.ts';
import type { ReportData } from './report-data.ts';

interface Point {
  readonly epoch: number;
  readonly value: number;
}

const maximumBins = 120;

const trainingCurve = ({ steps, epochs }: Pick<ReportData, 'steps' | 'epochs'>, name: string): Point[] =>
  steps.length > 0
    ? binnedMean(steps, name, maximumBins)
    : epochs.flatMap(({ epoch, train }) => finite(epoch, train[name]));

const validationCurve = (epochs: readonly EpochRecord[], name: string): Point[] =>
  epochs.flatMap(({ epoch, validation }) => finite(epoch, validation?.[name]));

const finite = (epoch: number, value: number | undefined): Point[] =>
  value !== undefined && Number.isFinite(value) ? [{ epoch, value }] : [];

const axisFormat = (values: readonly Point[]): string =>
  values.some(({ value }) => Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 1e-3))
    ? '~g'
    : '~r';

/** Whether values lie so far apart that a linear axis shows the small ones as one flat line. */
const spansDecades = (points: readonly Point[]): boolean => {
  const values = points.map(({ value }) => value);
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) / least > 30;
};

/** Round numbers for a logarithmic axis: powers of ten, and their doubles and halves where those are few. */
const decadeTicks = (points: readonly Point[]): number[] => {
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const first = Math.floor(Math.log10(least));
  const powers = Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, i) => first + i);
  const ticks = (factors: readonly number[]): number[] =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((tick) => tick >= least && tick <= most);
  return ticks([1]).length >= 3 ? ticks([1]) : ticks([1, 2, 5]);
};

const drawn = (
  name: string,
  training: readonly Point[],
  validation: readonly Point[],
  logarithmic: boolean,
): string => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const ticks = logarithmic ? decadeTicks([...training, ...validation]) : 5;
  const chart = Plot.plot({
    document,
    width: 400,
    height: 230,
    marginLeft: 42,
    marginRight: 12,
    marginTop: 12,
    marginBottom: 34,
    ariaLabel: `${name} by epoch`,
    style: { fontSize: '13px', background: 'none' },
    x: { label: 'epoch', labelAnchor: 'right', ticks: 5, nice: true, zero: true },
    y: {
      label: null,
      ticks,
      tickFormat: axisFormat([...training, ...validation]),
      ...(logarithmic ? { type: 'log' } : { nice: true }),
    },
    marks: [
      Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.lineY(training, { x: 'epoch', y: 'value', stroke: 'var(--training)', strokeWidth: 1.75 }),
      ...(training.length < 3
        ? [Plot.dot(training, { x: 'epoch', y: 'value', fill: 'var(--training)', r: 3 })]
        : []),
      Plot.lineY(validation, { x: 'epoch', y: 'value', stroke: 'var(--validation)', strokeWidth: 1.75 }),
      Plot.dot(validation, { x: 'epoch', y: 'value', fill: 'var(--validation)', r: 3.5 }),
    ],
  });
  return chart.outerHTML;
};

const key = (series: string): string => `<span class="key ${series}">${series}</span>`;

/** The chart of one score as a `<figure>`; nothing when the run never measured it. */
export const curve = (data: Pick<ReportData, 'steps' | 'epochs'>, name: string): string => {
  const training = trainingCurve(data, name);
  const validation = validationCurve(data.epochs, name);
  if (training.length + validation.length === 0) return '';
  const keys = [
    ...(training.length > 0 ? ['training'] : []),
    ...(validation.length > 0 ? ['validation'] : []),
  ];
  const logarithmic = spansDecades([...training, ...validation]);
  const scale = logarithmic ? ' <span class="muted">(log scale)</span>' : '';
  const caption = `<figcaption><b>${escape(name)}</b>${scale} ${keys.map(key).join(' ')}</figcaption>`;
  return `<figure class="curve">${caption}${drawn(name, training, validation, logarithmic)}</figure>`;
};
