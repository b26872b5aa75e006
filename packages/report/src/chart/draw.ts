// Observable Plot in a document without a browser. Colours are CSS variables, so that one SVG serves light, dark and
// paper; the size of its letters is set by the page, which knows how wide the chart is shown.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** The width that charts are drawn at, in their own units; the page scales them. */
export const chartWidth = 440;
export const chartHeight = 264;
export const tallHeight = 340;

/** What a chart says to those who do not see it. */
export interface Spoken {
  readonly label: string;
  readonly description?: string;
}

/** One SVG as text. `finish` may add to it, knowing the scales. */
export const draw = (
  { label, description }: Spoken,
  options: Plot.PlotOptions,
  finish?: (chart: Plot.Plot & Element, document: Document) => void,
): string => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const chart = Plot.plot({
    document,
    width: chartWidth,
    height: chartHeight,
    marginTop: 28,
    marginRight: 14,
    marginBottom: 40,
    marginLeft: 48,
    ariaLabel: label,
    ...(description === undefined ? {} : { ariaDescription: description }),
    ...options,
  });
  chart.setAttribute('role', 'img');
  finish?.(chart as Plot.Plot & Element, document);
  return chart.outerHTML;
};
