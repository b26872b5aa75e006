// What a sensitivity scan of pruning found, as one picture: a line for each layer, from the whole network to little of it.
import { requireData } from './arguments.ts';
import { labelWidth, lineFigure, type Line } from './chart/line-chart.ts';
import type { Point } from './chart/thinned.ts';
import { isShare } from './compare/figures.ts';
import { colours, type ColourName } from './style/colours.ts';

/** A score of a network with one layer pruned at a time, for several sparsities: what `sensitivity` of the package prune gives. */
export interface SensitivityData {
  /** Scores of the whole network, by name. */
  readonly baseline: Readonly<Record<string, number>>;
  readonly layers: readonly {
    readonly name: string;
    readonly points: readonly {
      /** The share of the layer's parameters that are zero. */
      readonly sparsity: number;
      readonly scores: Readonly<Record<string, number>>;
    }[];
  }[];
}

const SERIES: readonly ColourName[] = ['one', 'two', 'three', 'four', 'five'];

const STROKES = ['solid', 'dashed', 'dotted'] as const;

/** Five colours, then the same in dashes, then in dots. */
const lookOf = (index: number): Pick<Line, 'colour' | 'stroke'> => ({
  colour: SERIES[index % SERIES.length] ?? 'one',
  stroke: STROKES[Math.floor(index / SERIES.length) % STROKES.length] ?? 'solid',
});

/** Room around what the chart draws up to its edge: a picture alone has no card. */
const MARGIN = 12;

/** The size with that room, and with `more` for names to the right that are longer than a chart has place for. */
const withMargin = (attributes: string, more: number): string => {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(attributes) ?? [];
  const [wide, high] = [Number(width) + 2 * MARGIN + more, Number(height) + 2 * MARGIN];
  return attributes
    .replace(/viewBox="[^"]*"/, `viewBox="${-MARGIN} ${-MARGIN} ${wide} ${high}"`)
    .replace(/ width="\d+"/, ` width="${wide}"`)
    .replace(/ height="\d+"/, ` height="${high}"`);
};

const isDrawn = (point: { readonly x: number; readonly y: number | undefined }): point is Point =>
  point.y !== undefined && Number.isFinite(point.y);

const style = `<style>${colours} svg{--plot-background:var(--card);background:var(--card);color:var(--muted);font:12px system-ui,sans-serif}.end{font-weight:600}</style>`;

/**
 * A sensitivity scan as an SVG that stands alone: `score` of each layer by its sparsity, all starting at that of the
 * whole network; scores that are not finite are left out, and it is empty where none is left. Light and dark follow the
 * reader's setting.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { sensitivityChart } from '@mapping-networks/report';
 * const svg = sensitivityChart({
 *   baseline: { accuracy: 0.97 },
 *   layers: [
 *     { name: 'conv1', points: [{ sparsity: 0.5, scores: { accuracy: 0.9 } }] },
 *     { name: 'fc1', points: [{ sparsity: 0.5, scores: { accuracy: 0.96 } }] },
 *   ],
 * });
 * console.log(svg.startsWith('<svg')); // true
 * ```
 */
export const sensitivityChart = (data: SensitivityData, score = 'accuracy'): string => {
  requireData('sensitivityChart', data, ['layers']);
  const start = data.baseline[score];
  const lines = data.layers.map(({ name, points }, index): Line => ({
    name,
    ...lookOf(index),
    marked: true,
    points: [
      { x: 0, y: start },
      ...points.map(({ sparsity, scores }) => ({ x: sparsity, y: scores[score] })),
    ].filter(isDrawn),
  }));
  const svg = lineFigure({
    title: 'Sensitivity to pruning',
    x: 'pruned share',
    y: `${score}, one pruned at a time`,
    share: isShare(score),
    shareX: true,
    tall: true,
    lines,
  });
  const more = labelWidth(lines, Number.POSITIVE_INFINITY) - labelWidth(lines);
  // The first tag: a name in its attributes may hold a bracket.
  return svg.replace(
    /^<svg(?<attributes>(?:"[^"]*"|[^">])*)>/,
    (_, attributes: string) =>
      `<svg${withMargin(attributes, Math.ceil(more))} xmlns="http://www.w3.org/2000/svg">${style}`,
  );
};
