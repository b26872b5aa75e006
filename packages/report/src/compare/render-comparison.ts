// The page of several runs: what they share, what sets them apart, their curves, and what chance may have done.
import { requireData } from '../arguments.ts';
import { page } from '../page/page.ts';
import { summary } from '../sections/summary.ts';
import { section } from '../page/section.ts';
import { compareStyle } from './compare-style.ts';
import { compareRuns } from './comparison.ts';
import type { ComparisonData } from './comparison-data.ts';
import { groupTable, runTable, tellingFigures } from './comparison-table.ts';
import { curves } from './curves.ts';
import { figuresOf } from './figures.ts';
import { headline } from './headline.ts';
import { looksOf, rankingOf } from './ranking.ts';
import { groupBySeed, type SeedGroup } from './seed-groups.ts';
import { sharedOptions } from './shared-options.ts';
import { significance } from './significance.ts';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const subtitle = (groups: readonly SeedGroup[]): string => {
  const runs = groups.flatMap((group) => group.runs);
  const datasets = [...new Set(runs.map(({ dataset }) => dataset.title))].join(', ');
  return `${plural(runs.length, 'run')} of ${plural(groups.length, 'configuration')} on ${datasets}.`;
};

/**
 * Several runs as one self-contained HTML page: what they share and what sets them apart, their figures, overlaid
 * curves, and tests over seeds. No network, light and dark, readable on a phone.
 *
 * @example
 * ```ts
 * import { renderComparison, type ComparedRun } from '@mapping-networks/report';
 * const run = (seed: number, accuracy: number): ComparedRun => ({
 *   name: `seed-${seed}`,
 *   config: { target: { use: 'mlp' }, seed },
 *   dataset: { name: 'glyphs', title: 'Glyphs', task: 'classification' },
 *   metric: { name: 'accuracy', better: 'higher' },
 *   trainables: 64,
 *   parameters: 6400,
 *   scores: { test: { loss: 1, accuracy } },
 *   steps: [],
 *   epochs: [],
 * });
 * const page = renderComparison({ title: 'Two seeds', runs: [run(0, 0.81), run(1, 0.83)] });
 * console.log(page.includes('82.00 ± 1.41')); // true
 * ```
 */
export const renderComparison = (data: ComparisonData): string => {
  requireData('renderComparison', data, ['runs']);
  const comparison = compareRuns(data);
  const { groups } = groupBySeed(data.runs);
  const looks = looksOf(groups, comparison.groups);
  const { metric, ranking } = rankingOf(groups, comparison.groups);
  const { telling, same } = tellingFigures(comparison, figuresOf(data.runs));
  const tables = { comparison, figures: telling, looks, best: ranking[0]?.letter };
  return page({
    title: data.title,
    subtitle: subtitle(groups),
    notices: comparison.notes,
    sections: [
      summary(headline(comparison, metric, ranking)),
      sharedOptions(same, comparison.shared),
      section({ id: 'figures', title: 'What sets them apart' }, groupTable(tables) + runTable(tables)),
      curves(groups, comparison, looks),
      significance(comparison),
    ],
    style: compareStyle,
  });
};
