// One chart of several groups: lines with their letters at the end, bands of ± one standard deviation over seeds. Drawn
// by Observable Plot in a document without a browser, with CSS variables for colours.
import * as Plot from '@observablehq/plot';
import { decadeTicks, extent, spansDecades, tickNumber } from '../chart/axis.ts';
import { chartWidth, draw } from '../chart/draw.ts';
import { spread } from '../chart/end-labels.ts';
import type { Look } from './colours.ts';
import { isShare, scoreText, scoreUnit } from './figures.ts';
import type { ChartedScore, CurvePoint, GroupCurve } from './group-curve.ts';

const height = 260;
const bottom = 40;
const letterGap = 13;

/** A curve, and how it looks. */
export interface StyledCurve extends GroupCurve {
  readonly look: Look;
}

const colour = ({ name }: Look): string => `var(--${name})`;

const hasBand = ({ low, high }: CurvePoint): boolean => low !== undefined && high !== undefined;

const band = ({ points, look }: StyledCurve): Plot.Markish[] => {
  const edges = points.filter(hasBand);
  const options = { x: 'epoch', y1: 'low', y2: 'high', fill: colour(look), fillOpacity: 0.16 } as const;
  return edges.length < 2 ? [] : [Plot.areaY(edges, options)];
};

/** Where points are few, each stands for itself: a dot, and its deviation as a bar. */
const fewPoints = ({ points, look }: StyledCurve): Plot.Markish[] => {
  if (points.length > 12) return [];
  const stroke = colour(look);
  return [
    Plot.ruleX(points.filter(hasBand), { x: 'epoch', y1: 'low', y2: 'high', stroke, strokeOpacity: 0.6 }),
    Plot.dot(points, { x: 'epoch', y: 'value', fill: stroke, r: 2.4 }),
  ];
};

const line = ({ points, look, unfinished }: StyledCurve): Plot.Markish =>
  Plot.lineY(points, {
    x: 'epoch',
    y: 'value',
    stroke: colour(look),
    strokeOpacity: unfinished ? 0.6 : 1,
    strokeWidth: look.name === 'rest' ? 1.1 : 1.9,
    strokeDasharray: look.dash,
    strokeLinejoin: 'round',
  });

/** Bands that would reach zero or less have no place on a logarithmic axis: they end at its foot. */
const above = (floor: number, point: CurvePoint): CurvePoint =>
  point.low === undefined ? point : { ...point, low: Math.max(point.low, floor) };

/** Letters at the ends of the coloured lines, moved apart where lines end close together. */
const endLetters =
  (curves: readonly StyledCurve[]) =>
  (chart: Plot.Plot & Element, document: Document): void => {
    const [x, y] = [chart.scale('x'), chart.scale('y')];
    if (!x || !y) return;
    const ends = curves.flatMap(({ letter, points, look }) => {
      const end = points.at(-1);
      return end && look.name !== 'rest'
        ? [{ letter, look, x: Number(x.apply(end.epoch)), y: Number(y.apply(end.value)) }]
        : [];
    });
    // Only letters of one column can lie upon each other.
    for (const column of new Set(ends.map((end) => Math.round(end.x)))) {
      const members = ends.filter((end) => Math.round(end.x) === column);
      const places = spread(
        members.map((end) => end.y),
        letterGap,
        { from: 8, to: height - bottom },
      );
      members.forEach(({ letter, look }, index) => {
        const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('x', String(column + 7));
        text.setAttribute('y', (places[index] ?? 0).toFixed(1));
        text.setAttribute('dy', '0.32em');
        text.setAttribute('class', 'end');
        text.setAttribute('fill', colour(look));
        text.textContent = letter;
        chart.append(text);
      });
    }
  };

const described = ({ letter, points }: StyledCurve, name: string): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const text = (value: number): string => `${scoreText(name, value)}${scoreUnit(name)}`;
  return `${letter}: from ${text(first.value)} to ${text(last.value)} at epoch ${tickNumber(last.epoch)}.`;
};

/** The chart as an SVG; nothing without curves. */
export const overlayChart = (curves: readonly StyledCurve[], { name, split }: ChartedScore): string => {
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  if (values.length === 0) return '';
  const logarithmic = !isShare(name) && spansDecades(values);
  const floor = logarithmic ? extent(values)[0] / 2 : Number.NEGATIVE_INFINITY;
  const drawn = curves.map((curve) => ({
    ...curve,
    points: curve.points.map((point) => above(floor, point)),
  }));
  const ticks = logarithmic ? decadeTicks(values) : 5;
  return draw(
    {
      label: `${split} ${name} by epoch`,
      description: drawn.map((curve) => described(curve, name)).join(' '),
    },
    {
      width: chartWidth,
      height,
      marginBottom: bottom,
      marginRight: 28,
      x: {
        label: 'epoch',
        labelArrow: 'none',
        labelAnchor: 'center',
        ticks: 5,
        tickFormat: tickNumber,
        zero: true,
      },
      y: {
        label: logarithmic ? 'log scale' : null,
        labelArrow: 'none',
        ticks,
        tickFormat: isShare(name) ? (value: number) => `${tickNumber(value * 100)} %` : tickNumber,
        ...(logarithmic ? { type: 'log' } : { nice: true }),
      },
      marks: [
        Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
        ...drawn.flatMap(band),
        ...drawn.toReversed().flatMap((curve) => [...fewPoints(curve), line(curve)]),
      ],
    },
    endLetters(drawn),
  );
};
