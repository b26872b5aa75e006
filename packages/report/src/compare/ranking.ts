// Which groups come first where there is room for a few only: those with the best validation score.
import type { GroupSummary } from './comparison.ts';
import { lookOf, type Look } from './colours.ts';
import { grounds } from './grounds.ts';
import type { ComparedRun } from './comparison-data.ts';
import type { SeedGroup } from './seed-groups.ts';

/** What is measured, and which way is better. */
export type Metric = NonNullable<ComparedRun['metric']>;

/** Colours to give away. */
const places = 8;

const validationScore = (metric: Metric | undefined, { figures }: GroupSummary): number => {
  const score = metric && figures[`validation ${metric.name}`]?.mean;
  if (metric === undefined || score === undefined) return Number.NEGATIVE_INFINITY;
  return metric.better === 'higher' ? score : -score;
};

const metricOf = ({ runs: [run] }: SeedGroup): Metric | undefined => run?.metric;

/** The groups, the best on validation first; equals keep their order. */
const ranked = (groups: readonly SeedGroup[], summaries: readonly GroupSummary[]): readonly GroupSummary[] =>
  groups
    .flatMap((group, index) => {
      const summary = summaries[index];
      return summary ? [{ summary, score: validationScore(metricOf(group), summary) }] : [];
    })
    .toSorted((a, b) => (a.score === b.score ? 0 : b.score - a.score))
    .map(({ summary }) => summary);

/** How each group looks, by letter: all in colour where they are few, else the best. */
export const looksOf = (
  groups: readonly SeedGroup[],
  summaries: readonly GroupSummary[],
): ReadonlyMap<string, Look> => {
  const best = ranked(groups, summaries).slice(0, places);
  const coloured = groups.filter((group) => best.some(({ letter }) => letter === group.letter));
  const place = (group: SeedGroup): number => coloured.indexOf(group);
  return new Map(groups.map((group) => [group.letter, lookOf(place(group) < 0 ? places : place(group))]));
};

/** The metric of all, and the groups that have a validation score, best first; none on different ground. */
export const rankingOf = (
  groups: readonly SeedGroup[],
  summaries: readonly GroupSummary[],
): { readonly metric: Metric | undefined; readonly ranking: readonly GroupSummary[] } => {
  const [first] = groups;
  const metric = first && metricOf(first);
  if (grounds(groups).length > 1) return { metric, ranking: [] };
  const scored = (summary: GroupSummary): boolean => Number.isFinite(validationScore(metric, summary));
  return { metric, ranking: ranked(groups, summaries).filter(scored) };
};
