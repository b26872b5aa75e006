// How training changed the weights: their distribution in each layer, against the initialisation.
import * as Plot from '@observablehq/plot';
import { histogram, moments, type Moments } from '../analysis/histogram.ts';
import { tickNumber } from '../chart/axis.ts';
import { draw } from '../chart/draw.ts';
import { escape } from '../escape.ts';
import { count, figure, plusMinus } from '../number-format.ts';
import { cards, section } from '../page/section.ts';
import type { LayerWeights } from '../report-data.ts';

const mostLayers = 24;
/** Bins by the number of weights n: 2·∛n (Rice's rule), few for small layers. */
const binsFor = (n: number): number => Math.min(64, Math.max(12, Math.round(2 * Math.cbrt(n))));
/** How many standard deviations about the mean are drawn. */
const reachInDeviations = 4;

interface Step {
  readonly x: number;
  readonly density: number;
}

/** A histogram of area 1 as a line of steps. */
const densityOf = (values: Float32Array, from: number, to: number): Step[] => {
  const bins = binsFor(values.length);
  const { counts } = histogram(values, from, to, bins);
  const width = (to - from) / bins;
  const edges = Array.from(counts, (n, bin) => {
    const density = n / values.length / width;
    return [
      { x: from + bin * width, density },
      { x: from + (bin + 1) * width, density },
    ];
  });
  return edges.flat();
};

const rangeOf = (all: readonly Moments[]): readonly [from: number, to: number] => {
  const from = Math.min(
    ...all.map(({ mean, std, least }) => Math.max(least, mean - reachInDeviations * std)),
  );
  const to = Math.max(...all.map(({ mean, std, most }) => Math.min(most, mean + reachInDeviations * std)));
  return to > from ? [from, to] : [from - 0.5, to + 0.5];
};

const told = (name: string, { mean, std }: Moments): string =>
  `<span class="key ${name}">${name} <span class="number">${plusMinus(mean, std)}</span></span>`;

const layerCard = ({ layer, trained, initial }: LayerWeights): string => {
  const after = moments(trained);
  const before = initial ? moments(initial) : undefined;
  if (after.count === 0) return '';
  const [from, to] = rangeOf(before ? [before, after] : [after]);
  const density = densityOf(trained, from, to);
  const spoken = (name: string, { mean, std }: Moments): string =>
    `${name}: mean ${figure(mean)}, standard deviation ${figure(std)}.`;
  const svg = draw(
    {
      label: `Distribution of the weights of ${layer}`,
      description: `${before ? `${spoken('initial', before)} ` : ''}${spoken('trained', after)}`,
    },
    {
      width: 300,
      height: 190,
      marginLeft: 14,
      marginRight: 14,
      x: {
        domain: [from, to],
        label: 'weight',
        labelArrow: 'none',
        labelAnchor: 'center',
        ticks: 4,
        tickFormat: tickNumber,
      },
      y: { label: 'density', labelArrow: 'none', ticks: [], zero: true },
      marks: [
        Plot.areaY(density, { x: 'x', y1: 0, y2: 'density', fill: 'var(--validation)', fillOpacity: 0.25 }),
        Plot.lineY(density, { x: 'x', y: 'density', stroke: 'var(--validation)', strokeWidth: 1.5 }),
        ...(initial
          ? [
              Plot.lineY(densityOf(initial, from, to), {
                x: 'x',
                y: 'density',
                stroke: 'var(--training)',
                strokeWidth: 1.5,
                strokeDasharray: '4 2.5',
              }),
            ]
          : []),
        Plot.ruleY([0], { stroke: 'var(--line)' }),
      ],
    },
  );
  const keys = `${before ? told('initial', before) : ''}${told('trained', after)}`;
  return `<figure class="card chart small"><figcaption><h3>${escape(layer)} <small>${count(trained.length)} weights</small></h3><p class="keys">${keys}</p></figcaption>${svg}</figure>`;
};

export const weights = (layers: readonly LayerWeights[] = []): string => {
  const shown = layers.slice(0, mostLayers);
  const which = shown.length < layers.length ? ` The first ${shown.length} of ${layers.length} layers.` : '';
  return section(
    {
      id: 'weights',
      title: 'Weights of each layer',
      text: `Biases and gains included: how they are spread as the run started (dashed) and at its end, with mean ± standard deviation. Drawn up to ${reachInDeviations} standard deviations.${which}`,
    },
    cards(shown.map(layerCard), 'multiples'),
  );
};
