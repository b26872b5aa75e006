// A way through a plane: points joined in order, coloured by progress, both axes in the same units.
import * as Plot from '@observablehq/plot';
import { percent } from '../number-format.ts';
import { extent, tickNumber } from './axis.ts';
import { chartWidth, draw, tallHeight as height } from './draw.ts';

export interface PathPoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

const margin = { marginTop: 28, marginRight: 18, marginBottom: 40, marginLeft: 48 };

/** Both domains about the middle of the points, with the same length for the same number of pixels. */
const domains = (points: readonly PathPoint[]): Record<'x' | 'y', [number, number]> => {
  const span = (pick: (point: PathPoint) => number): readonly [middle: number, length: number] => {
    const [least, most] = extent(points.map(pick));
    return [(least + most) / 2, most - least];
  };
  const [middleX, lengthX] = span(({ x }) => x);
  const [middleY, lengthY] = span(({ y }) => y);
  const width = chartWidth - margin.marginLeft - margin.marginRight;
  const tall = height - margin.marginTop - margin.marginBottom;
  const unit = Math.max(lengthX / width, lengthY / tall) * 0.54 || 1;
  return {
    x: [middleX - unit * width, middleX + unit * width],
    y: [middleY - unit * tall, middleY + unit * tall],
  };
};

const shade = (progress: number): string =>
  `color-mix(in oklab,var(--end) ${Math.round(progress * 100)}%,var(--start))`;

/** The name of an end, written towards the middle of the chart. */
const endName = (end: PathPoint & { readonly name: string }, right: boolean): Plot.Markish =>
  Plot.text([end], {
    x: 'x',
    y: 'y',
    text: 'name',
    fill: 'var(--text)',
    stroke: 'var(--card)',
    strokeWidth: 4,
    dy: -15,
    fontWeight: 600,
    textAnchor: right ? 'end' : 'start',
  });

/** The chart, with its shares of variance on the axes. */
export const pathChart = (
  points: readonly PathPoint[],
  [first, second]: readonly [number, number],
): string => {
  const { x, y } = domains(points);
  const progress = (_: PathPoint, index: number): string => shade(index / Math.max(1, points.length - 1));
  const ends = [points[0], points.at(-1)].flatMap((point, index) =>
    point
      ? [{ ...point, name: index === 0 ? 'start' : `end, step ${point.step.toLocaleString('en-US')}` }]
      : [],
  );
  const axis = { labelArrow: 'none', ticks: 5, tickFormat: tickNumber } as const;
  return draw(
    {
      label: 'Trajectory of the trainables in the plane of its first two principal components',
      description: `From step ${points[0]?.step ?? 0} to step ${points.at(-1)?.step ?? 0}.`,
    },
    {
      height,
      ...margin,
      x: { ...axis, domain: x, label: `first component (${percent(first)})`, labelAnchor: 'center' },
      y: { ...axis, domain: y, label: `second component (${percent(second)})` },
      marks: [
        Plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--line)', strokeWidth: 1.5 }),
        Plot.dot(points, { x: 'x', y: 'y', fill: progress, r: 3 }),
        Plot.dot(ends, { x: 'x', y: 'y', stroke: 'var(--text)', strokeWidth: 1.5, r: 6 }),
        ...ends.map((end) => endName(end, end.x > (x[0] + x[1]) / 2)),
      ],
    },
  );
};
