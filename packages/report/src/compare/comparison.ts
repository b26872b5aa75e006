// Several runs, compared: groups over seeds, figures, tests and what must be said about them. Plain data, from which the
// page is drawn and which programs read.
import { requireData } from '../arguments.ts';
import type { ComparedRun, ComparisonData } from './comparison-data.ts';
import type { ConfigOption } from './config-paths.ts';
import { figuresOf } from './figures.ts';
import { deviation, mean } from './sample.ts';
import { notesOf } from './notes.ts';
import { pairTests, type PairTest } from './pair-tests.ts';
import { groupBySeed, nameBeside, seedOf, type SeedGroup } from './seed-groups.ts';
import { verdict } from './verdict.ts';

/** Mean and sample standard deviation over the repetitions of a group. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Absent for n = 1. */
  readonly deviation?: number;
}

/** One run of a comparison. */
export interface RunSummary {
  readonly name: string;
  readonly seed: string;
  readonly unfinished?: string;
  /** By name: `trainables`, `test accuracy`, `time` and so on. Shares are in [0, 1], sizes in bytes, times in seconds. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Runs that differ only in their seed. */
export interface GroupSummary {
  readonly letter: string;
  readonly label: string;
  /** The options in which groups differ, by their short names. */
  readonly options: Readonly<Record<string, string>>;
  /** How many repetitions count. */
  readonly n: number;
  /** Over the repetitions: runs that are done, each with a seed of its own. */
  readonly figures: Readonly<Record<string, Summary>>;
  readonly runs: readonly RunSummary[];
}

/** A test between two groups, and what it says. */
export interface ToldTest extends PairTest {
  readonly words: string;
}

/** What a comparison comes to. */
export interface Comparison {
  readonly title: string;
  /** Options that all runs share. */
  readonly shared: readonly ConfigOption[];
  readonly groups: readonly GroupSummary[];
  /** On validation and on test. */
  readonly tests: readonly ToldTest[];
  /** What a reader must know: what is not compared, and why. */
  readonly notes: readonly string[];
}

type Figures = ReturnType<typeof figuresOf>;

const known = (run: ComparedRun, figures: Figures): Readonly<Record<string, number>> =>
  Object.fromEntries(
    figures.flatMap(({ name, of }) => {
      const value = of(run);
      return value !== undefined && Number.isFinite(value) ? [[name, value]] : [];
    }),
  );

/** Of at least one value. */
export const summaryOf = (values: readonly number[]): Summary => {
  const spread = deviation(values);
  return { n: values.length, mean: mean(values), ...(spread !== undefined && { deviation: spread }) };
};

const runSummary = (run: ComparedRun, figures: Figures): RunSummary => ({
  name: run.name,
  seed: seedOf(run),
  ...(run.unfinished !== undefined && { unfinished: run.unfinished }),
  figures: known(run, figures),
});

const groupSummary = (
  { letter, label, values, runs, repetitions }: SeedGroup,
  columns: readonly string[],
  figures: Figures,
): GroupSummary => ({
  letter,
  label,
  options: Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '–'])),
  n: repetitions.length,
  figures: Object.fromEntries(
    figures.flatMap(({ name, of }) => {
      const values = repetitions.flatMap((run) => {
        const value = of(run);
        return value !== undefined && Number.isFinite(value) ? [value] : [];
      });
      return values.length === 0 ? [] : [[name, summaryOf(values)]];
    }),
  ),
  runs: runs.map((run) => runSummary(run, figures)),
});

/**
 * Compares runs: those that differ only in the seed form a group (mean ± standard deviation); pairs of groups with two
 * or more repetitions are tested by Welch's t-test, and over common seeds by the paired one, p adjusted by Holm's method.
 *
 * @example
 * ```ts
 * import { compareRuns, type ComparedRun } from '@mapping-networks/report';
 * const run = (width: number, seed: number, accuracy: number): ComparedRun => ({
 *   name: `width-${width}-seed-${seed}`,
 *   config: { width, seed },
 *   dataset: { name: 'glyphs', title: 'Glyphs', task: 'classification' },
 *   metric: { name: 'accuracy', better: 'higher' },
 *   trainables: 64,
 *   parameters: 6400,
 *   scores: { test: { loss: 1, accuracy } },
 *   steps: [],
 *   epochs: [],
 * });
 * const runs = [run(8, 0, 0.81), run(8, 1, 0.82), run(16, 0, 0.9), run(16, 1, 0.92)];
 * const { groups, tests } = compareRuns({ title: 'Widths', runs });
 * console.log(groups.map(({ label }) => label)); // ['width 8', 'width 16']
 * console.log(tests[0]?.words); // B (width 16) is better than A (width 8) by 9.50 ± …
 * ```
 */
export const compareRuns = (data: ComparisonData): Comparison => {
  requireData('compareRuns', data, ['runs']);
  const { title, runs } = data;
  const { groups, columns, shared } = groupBySeed(runs);
  const figures = figuresOf(runs);
  const named = ([first, second]: PairTest['pair']): readonly [string, string] => {
    const [a, b] = [first, second].map((letter) => groups.find((group) => group.letter === letter));
    return a && b ? [nameBeside(a, b, columns), nameBeside(b, a, columns)] : [first, second];
  };
  const tests = (['validation', 'test'] as const).flatMap((split) => {
    const pairs = pairTests(groups, split);
    return pairs.map((pair) => ({ ...pair, words: verdict(pair, named(pair.pair), pairs.length > 1) }));
  });
  return {
    title,
    shared,
    groups: groups.map((group) => groupSummary(group, columns, figures)),
    tests,
    notes: notesOf(groups),
  };
};
