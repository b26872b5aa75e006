// One chart of lines over time. Each line is named at its end; noisy ones are shown as means with a band around them.
import * as Plot from '@observablehq/plot';
import { figure } from '../number-format.ts';
import { card } from '../page/section.ts';
import { colour, type ColourName } from '../style/colours.ts';
import { decadeTicks, extent, spansDecades, tickNumber, tickShare } from './axis.ts';
import { chartHeight, chartWidth, draw, tallHeight } from './draw.ts';
import { spread } from './end-labels.ts';
import { thinned, type Bin, type Point } from './thinned.ts';

/** As SVG says them. */
const strokes = { solid: undefined, dashed: '5 3', dotted: '1.5 3' } as const;

/** One line of a chart. */
export interface Line {
  readonly name: string;
  readonly colour: ColourName;
  readonly points: readonly Point[];
  /** Every point is marked and none is averaged away, as for the scores of epochs, up to several hundred of them. */
  readonly marked?: boolean;
  /** Values without noise, such as a schedule: thinned by leaving out, not by averaging. */
  readonly exact?: boolean;
  /** So that lines differ by more than colour; default `solid`. */
  readonly stroke?: keyof typeof strokes;
}

export interface LineChart {
  readonly title: string;
  /** How to read it. */
  readonly text: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  /** Start the axis of values at 0; a logarithmic axis is then ruled out. */
  readonly zero?: boolean;
  /** Values are shares, and their axis says per cent. */
  readonly share?: boolean;
  /** What is on the axis of x are shares as well. */
  readonly shareX?: boolean;
  /** As high as the charts that are not over time. */
  readonly tall?: boolean;
}

const mostBins = 120;
const exactPoints = 240;
/** Points that are marked one by one; more run into each other, and would make a page of megabytes. */
const mostMarked = 500;
/** Fewer steps in a bin leave the noise in. */
const stepsPerBin = 4;
const labelGap = 15;

const binsFor = ({ points, marked, exact }: Line): number =>
  exact || (marked && points.length <= mostMarked)
    ? Number.POSITIVE_INFINITY
    : Math.min(mostBins, Math.max(20, Math.floor(points.length / stepsPerBin)));

const binned = (line: Line): Line & { readonly bins: readonly Bin[] } => ({
  ...line,
  bins: thinned(line.exact ? evenly(line.points, exactPoints) : line.points, binsFor(line)),
});

/** The first, the last, and evenly spread ones between. */
const evenly = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]).filter(
        (one) => one !== undefined,
      );

type BinnedLine = ReturnType<typeof binned>;

/** For those who do not see the chart: where each line starts, ends, and lies between. */
const described = ({ name, bins }: BinnedLine, x: string): string => {
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return '';
  const [least, most] = extent(bins.map(({ y }) => y));
  const range = `between ${figure(least)} and ${figure(most)}`;
  return `${name}: from ${figure(first.y)} to ${figure(last.y)} at ${x} ${figure(last.x)}, ${range}.`;
};

const marksOf = ({ bins, marked, stroke: drawn, colour: name }: BinnedLine): Plot.Markish[] => {
  const stroke = colour(name);
  const dashes = strokes[drawn ?? 'solid'];
  const dash = dashes ? { strokeDasharray: dashes } : {};
  const banded = bins.some(({ low, high }) => high > low);
  return [
    ...(banded ? [Plot.areaY(bins, { x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.16 })] : []),
    Plot.lineY(bins, { x: 'x', y: 'y', stroke, strokeWidth: 2, strokeLinejoin: 'round', ...dash }),
    ...(marked || bins.length < 3
      ? [Plot.dot(bins, { x: 'x', y: 'y', fill: stroke, r: bins.length > 30 ? 1.8 : 3 })]
      : []),
  ];
};

/** What names at the ends of lines take, up to what leaves enough to the lines. */
export const labelWidth = (lines: readonly Line[], most = 140): number =>
  Math.min(most, 16 + 7.9 * Math.max(...lines.map(({ name }) => name.length)));

const endLabels =
  (lines: readonly BinnedLine[], bottom: number) =>
  (chart: Plot.Plot & Element, document: Document): void => {
    const [x, y] = [chart.scale('x'), chart.scale('y')];
    if (!x || !y) return;
    const ends = lines.flatMap(({ bins, name, colour: of }) => {
      const end = bins.at(-1);
      return end ? [{ x: Number(x.apply(end.x)), y: Number(y.apply(end.y)), name, of }] : [];
    });
    const places = spread(
      ends.map((end) => end.y),
      labelGap,
      { from: 28, to: bottom },
    );
    const right = Math.max(...ends.map((end) => end.x));
    ends.forEach(({ name, of }, index) => {
      const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      text.setAttribute('x', String(right + 8));
      text.setAttribute('y', (places[index] ?? 0).toFixed(1));
      text.setAttribute('dy', '0.32em');
      text.setAttribute('text-anchor', 'start');
      text.setAttribute('class', 'end');
      text.setAttribute('fill', colour(of));
      text.textContent = name;
      chart.append(text);
    });
  };

/** The chart as a card; nothing when no line has a point. */
export const lineChart = (chart: LineChart): string => {
  const svg = lineFigure(chart);
  return svg === '' ? '' : card(chart.title, chart.text, svg, 'chart');
};

/** The SVG alone. */
export const lineFigure = (chart: Omit<LineChart, 'text'>): string => {
  const { title, x, y, lines, zero = false, share = false, shareX = false, tall = false } = chart;
  const shown = lines.map(binned).filter(({ bins }) => bins.length > 0);
  if (shown.length === 0) return '';
  const values = shown.flatMap(({ bins }) => bins.flatMap(({ y: mean, low, high }) => [mean, low, high]));
  const logarithmic = !zero && !share && spansDecades(values);
  const ticks = logarithmic ? decadeTicks(values) : 5;
  const [, end] = extent(shown.flatMap(({ points }) => points.map((point) => point.x)));
  const named = shown.length > 1;
  const marginRight = named ? labelWidth(shown) : 16;
  const height = Math.max(tall ? tallHeight : chartHeight, 28 + shown.length * labelGap + 44);
  return draw(
    { label: `${title}: ${y} by ${x}`, description: shown.map((line) => described(line, x)).join(' ') },
    {
      width: chartWidth,
      height,
      marginRight,
      x: {
        label: x,
        labelArrow: 'none',
        labelAnchor: 'center',
        ticks: 5,
        tickFormat: shareX ? tickShare : tickNumber,
        domain: [0, end],
      },
      y: {
        label: `${y}${logarithmic ? ' (log scale)' : ''}`,
        labelArrow: 'none',
        ticks,
        tickFormat: share ? tickShare : tickNumber,
        zero,
        ...(logarithmic ? { type: 'log' } : { nice: true }),
      },
      marks: [Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }), ...shown.flatMap(marksOf)],
    },
    named ? endLabels(shown, height - 44) : undefined,
  );
};
