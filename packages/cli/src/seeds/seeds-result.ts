// What several runs that differ in their seed come to: each of them, and mean and standard deviation of every score.
import type { Scores } from '@mapping-networks/core';
import { z } from 'zod';
import { numberOrNull, throughJson } from '../number-or-null.ts';
import { resultSchema, type Result } from '../result.ts';

/** Of one score over the runs. */
export interface Spread {
  readonly mean: number;
  /** Of the sample: squares are summed and divided by n − 1. */
  readonly std: number;
}

/** The loss and every metric of a split, by name, over the seeds. */
export type SplitSpread = Readonly<Record<string, Spread>>;

/** The last line of stdout of `mapnet train --seeds N --json`. */
export interface SeedsResult {
  /** The folder that holds the run folders. */
  readonly run: string;
  readonly runs: readonly Result[];
  readonly summary: {
    readonly train: SplitSpread;
    /** Not there where the dataset has no examples for it. */
    readonly validation?: SplitSpread;
    readonly test: SplitSpread;
    readonly gap?: Spread;
  };
}

const spread = z.strictObject({
  mean: numberOrNull(),
  std: numberOrNull(z.number().min(0)).describe('Of the sample: divided by n − 1.'),
});

const split = z.record(z.string(), spread).describe('Each score of the split by its name.');

/** Checks such a result, and is the published JSON Schema (`@mapping-networks/cli/schema/seeds.schema.json`). */
export const seedsResultSchema: z.ZodType<SeedsResult> = z
  .strictObject({
    run: z.string().describe('The folder that holds the run folders, relative to where the command ran.'),
    runs: z.array(resultSchema).min(2).describe('One result a seed.'),
    summary: z.strictObject({
      train: split,
      validation: split.exactOptional(),
      test: split,
      gap: spread.exactOptional(),
    }),
  })
  .meta({
    title: 'Result of mapnet train --seeds',
    description: 'The last line of stdout of `mapnet train --seeds N --json`.',
  });

/** Mean and sample standard deviation of at least two numbers. */
export const spreadOf = (values: readonly number[]): Spread => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (values.length - 1)) };
};

const splitSpread = (scores: readonly Scores[]): SplitSpread =>
  Object.fromEntries(
    Object.keys(scores[0] ?? {}).map((name) => [
      name,
      spreadOf(scores.map((each) => each[name] ?? Number.NaN)),
    ]),
  );

/** The result of runs that are all done. */
export const seedsResultOf = (run: string, runs: readonly Result[]): SeedsResult => {
  const gaps = runs.flatMap(({ gap }) => gap ?? []);
  const validations = runs.flatMap(({ validation }) => validation ?? []);
  const result = {
    run,
    runs,
    summary: {
      train: splitSpread(runs.map(({ train }) => train)),
      ...(validations.length === runs.length && { validation: splitSpread(validations) }),
      test: splitSpread(runs.map(({ test }) => test)),
      ...(gaps.length === runs.length && { gap: spreadOf(gaps) }),
    },
  };
  return seedsResultSchema.parse(throughJson(result));
};
