// What a regression predicts: predicted against true values, and how its errors are spread.
import * as Plot from '@observablehq/plot';
import { histogram, moments } from '../analysis/histogram.ts';
import { residuals } from '../analysis/residuals.ts';
import { tickNumber } from '../chart/axis.ts';
import { draw } from '../chart/draw.ts';
import { count, figure } from '../number-format.ts';
import { card, cards, section } from '../page/section.ts';
import type { Regression } from '../report-data.ts';

/** More points than these only blacken the chart. */
const mostPoints = 1500;
const errorBins = 41;

/** Evenly spread examples, the same at every call. */
const sampled = ({ labels, predictions }: Regression): { truth: number; predicted: number }[] => {
  const stride = Math.max(1, labels.length / mostPoints);
  return Array.from({ length: Math.min(labels.length, mostPoints) }, (_, i) => {
    const index = Math.floor(i * stride);
    return { truth: labels[index] ?? Number.NaN, predicted: predictions[index] ?? Number.NaN };
  }).filter(({ truth, predicted }) => Number.isFinite(truth) && Number.isFinite(predicted));
};

const scatter = (predictions: Regression): string => {
  const points = sampled(predictions);
  const { least, most } = moments(points.flatMap(({ truth, predicted }) => [truth, predicted]));
  const svg = draw(
    { label: 'Predicted against true values', description: `${count(points.length)} examples.` },
    {
      height: 360,
      x: {
        domain: [least, most],
        nice: true,
        label: 'true value',
        labelArrow: 'none',
        labelAnchor: 'center',
        ticks: 5,
        tickFormat: tickNumber,
      },
      y: {
        domain: [least, most],
        nice: true,
        label: 'predicted value',
        labelArrow: 'none',
        ticks: 5,
        tickFormat: tickNumber,
      },
      marks: [
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.line([least, most], {
          x: (value: number) => value,
          y: (value: number) => value,
          stroke: 'var(--muted)',
          strokeDasharray: '4 4',
        }),
        Plot.dot(points, {
          x: 'truth',
          y: 'predicted',
          fill: 'var(--validation)',
          fillOpacity: 0.35,
          r: 2.2,
        }),
      ],
    },
  );
  const which =
    points.length < predictions.labels.length
      ? `${count(points.length)} of ${count(predictions.labels.length)} values, evenly chosen`
      : `All ${count(points.length)} values`;
  return card('Predicted and true', `${which}. On the dashed line a prediction is exact.`, svg, 'chart');
};

const errorChart = (errors: Float64Array): string => {
  const { mean, std, least, most } = moments(errors);
  const reach = Math.min(Math.max(Math.abs(least), Math.abs(most)), Math.abs(mean) + 4 * std) || 1;
  const { counts, below, above } = histogram(errors, -reach, reach, errorBins);
  const width = (2 * reach) / errorBins;
  const bars = Array.from(counts, (n, bin) => ({
    from: -reach + bin * width,
    to: -reach + (bin + 1) * width,
    n,
  }));
  const svg = draw(
    { label: 'Number of examples by error' },
    {
      height: 360,
      x: {
        domain: [-reach, reach],
        label: 'predicted − true',
        labelArrow: 'none',
        labelAnchor: 'center',
        ticks: 5,
        tickFormat: tickNumber,
      },
      y: { label: 'values', labelArrow: 'none', ticks: 5, tickFormat: tickNumber, zero: true },
      marks: [
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.rectY(bars, {
          x1: 'from',
          x2: 'to',
          y: 'n',
          fill: 'var(--validation)',
          fillOpacity: 0.7,
          insetLeft: 0.5,
        }),
        Plot.ruleX([0], { stroke: 'var(--muted)', strokeDasharray: '4 4' }),
      ],
    },
  );
  const outside = below + above === 0 ? '' : ` Outside the chart: ${count(below + above)}.`;
  return card(
    'Errors',
    `How many values are off by how much; right of 0 the prediction is too high.${outside}`,
    svg,
    'chart',
  );
};

export const regression = (predictions: Regression): string => {
  if (predictions.labels.length === 0) return '';
  const { errors, mae, rmse, bias, r2 } = residuals(predictions.labels, predictions.predictions);
  const explained = r2 === undefined ? '' : ` R² ${figure(r2)}.`;
  const text = `On the ${predictions.split} split, ${count(predictions.labels.length)} values: mean absolute error ${figure(mae)}, root mean squared error ${figure(rmse)}, mean error ${figure(bias)}.${explained}`;
  return section(
    { id: 'predictions', title: 'Predictions', text },
    cards([scatter(predictions), errorChart(errors)]),
  );
};
