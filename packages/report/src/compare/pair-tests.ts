// Every pair of groups that can be compared, tested: Welch's test, and the paired one over the seeds that both have.
import type { SplitName } from './comparison-data.ts';
import { yardstick } from './grounds.ts';
import { holm } from './holm.ts';
import { mean } from './sample.ts';
import { seedOf, type SeedGroup } from './seed-groups.ts';
import { pairedTTest, welch, type TTest } from './t-test.ts';

/** A t-test among several: `adjusted` is its p by Holm's method over all pairs of the same split and kind of test. */
export interface AdjustedTest extends TTest {
  readonly adjusted: number;
}

/** Two groups, compared on one split. Differences are the first minus the second. */
export interface PairTest {
  readonly split: SplitName;
  readonly metric: string;
  readonly better: 'higher' | 'lower';
  /** Letters of the groups. */
  readonly pair: readonly [first: string, second: string];
  /** How many repetitions each has. */
  readonly sizes: readonly [first: number, second: number];
  readonly difference: number;
  /** Absent where nothing scatters. */
  readonly welch?: AdjustedTest;
  /** Over the seeds that both have; absent for fewer than two, and where the differences do not scatter. */
  readonly paired?: AdjustedTest & { readonly seeds: number };
}

interface Sample {
  readonly group: SeedGroup;
  /** Score of the metric by seed. */
  readonly bySeed: ReadonlyMap<string, number>;
}

const sampleOf = (group: SeedGroup, split: SplitName): Sample => ({
  group,
  bySeed: new Map(
    group.repetitions.flatMap((run) => {
      const score = run.metric && run.scores[split]?.[run.metric.name];
      return score !== undefined && Number.isFinite(score) ? [[seedOf(run), score] as const] : [];
    }),
  ),
});

const pairsOf = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));

interface RawPair {
  readonly pair: readonly [Sample, Sample];
  readonly welch: TTest | undefined;
  readonly paired: TTest | undefined;
  readonly seeds: number;
}

const tested = (pair: readonly [Sample, Sample]): RawPair => {
  const [{ bySeed: a }, { bySeed: b }] = pair;
  const seeds = [...a.keys()].filter((seed) => b.has(seed));
  const at = (scores: Sample['bySeed']): number[] => seeds.map((seed) => scores.get(seed) ?? Number.NaN);
  return {
    pair,
    welch: welch([...a.values()], [...b.values()]),
    paired: pairedTTest(at(a), at(b)),
    seeds: seeds.length,
  };
};

/** Each test with its p adjusted for all the others in the list. */
const adjust = (tests: readonly (TTest | undefined)[]): readonly (AdjustedTest | undefined)[] => {
  const adjusted = [...holm(tests.flatMap((test) => (test ? [test.p] : [])))].values();
  return tests.map((test) => test && { ...test, adjusted: adjusted.next().value ?? 1 });
};

/** The tests of every comparable pair of groups with at least two repetitions each, on one split. */
export const pairTests = (groups: readonly SeedGroup[], split: SplitName): readonly PairTest[] => {
  const samples = groups.map((group) => sampleOf(group, split)).filter(({ bySeed }) => bySeed.size > 1);
  const raw = pairsOf(samples)
    .filter(([a, b]) => yardstick(a.group) === yardstick(b.group))
    .map(tested);
  const welches = adjust(raw.map(({ welch: test }) => test));
  const paireds = adjust(raw.map(({ paired }) => paired));
  return raw.flatMap(({ pair: [a, b], seeds }, index) => {
    const metric = a.group.runs[0]?.metric;
    const [ofWelch, ofPaired] = [welches[index], paireds[index]];
    if (!metric) return [];
    return {
      split,
      metric: metric.name,
      better: metric.better,
      pair: [a.group.letter, b.group.letter] as const,
      sizes: [a.bySeed.size, b.bySeed.size] as const,
      difference: mean([...a.bySeed.values()]) - mean([...b.bySeed.values()]),
      ...(ofWelch && { welch: ofWelch }),
      ...(ofPaired && { paired: { ...ofPaired, seeds } }),
    };
  });
};
