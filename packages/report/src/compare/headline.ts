// The comparison in three figures: what is best on validation, what it scores on test, and whether chance may explain it.
import type { Fact } from '../report-data.ts';
import type { Comparison, GroupSummary, Summary } from './comparison.ts';
import type { Metric } from './ranking.ts';
import { scoreDifference, scoreText, scoreUnit } from './figures.ts';
import { pText, unbroken } from './verdict.ts';

const scored = (metric: string, { mean }: Summary): string =>
  [scoreText(metric, mean), scoreUnit(metric)].filter((part) => part !== '').join('\u00A0');

const spreadNote = (metric: string, { n, deviation }: Summary): string =>
  deviation === undefined ? 'one seed' : `± ${scoreText(metric, deviation)} over ${n} seeds`;

/** How far the best is ahead of the next on validation. */
const ahead = (
  { tests }: Comparison,
  metric: Metric,
  [best, next]: readonly [GroupSummary, GroupSummary],
): Fact => {
  const label = `Ahead of ${next.letter}`;
  const test = tests.find(
    ({ split, pair }) => split === 'validation' && pair.includes(best.letter) && pair.includes(next.letter),
  );
  const [one, other] = [best, next].map(({ figures }) => figures[`validation ${metric.name}`]?.mean ?? 0);
  const value = scoreDifference(metric.name, Math.abs((one ?? 0) - (other ?? 0)));
  if (!test?.welch) return { label, value, note: 'on validation; not tested' };
  const told = test.welch.adjusted < 0.05 ? 'more than chance' : 'may be chance';
  return { label, value, note: unbroken(`on validation; ${told}, ${pText(test.welch.adjusted)}`) };
};

/** The figures on top of the page; none where groups stand on different ground or have no score. */
export const headline = (
  comparison: Comparison,
  metric: Metric | undefined,
  ranking: readonly GroupSummary[],
): readonly Fact[] => {
  const [best, next] = ranking;
  if (!metric || !best || !next) return [];
  const [validation, test] = (['validation', 'test'] as const).map(
    (split) => best.figures[`${split} ${metric.name}`],
  );
  if (!validation) return [];
  return [
    { label: 'Best on validation', value: best.letter, note: best.label },
    {
      label: `Its validation ${metric.name}`,
      value: scored(metric.name, validation),
      note: spreadNote(metric.name, validation),
    },
    ...(test
      ? [
          {
            label: `Its test ${metric.name}`,
            value: scored(metric.name, test),
            note: spreadNote(metric.name, test),
          },
        ]
      : []),
    ahead(comparison, metric, [best, next]),
  ];
};
