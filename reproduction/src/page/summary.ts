// The seeds of an experiment as one row: means and spreads of those runs that have the present config.
import type { ExperimentStatus } from '../results/status.ts';
import type { SeedResult } from '../results/seed-result.ts';

export interface Summary {
  /** The runs that count: those of the present config, or those of an older one where there are no others. */
  readonly runs: readonly SeedResult[];
  /** In what the config of `runs` differs from the present one; empty when it does not. */
  readonly changes: readonly string[];
  /** How many there should be. */
  readonly wanted: number;
}

export const summaryOf = ({ seeds }: ExperimentStatus): Summary => {
  const all = [...seeds.values()];
  const done = all.flatMap((status) => (status.type === 'done' ? [status.result] : []));
  const old = all.flatMap((status) => (status.type === 'changed' ? [status] : []));
  if (done.length > 0 || old.length === 0) return { runs: done, changes: [], wanted: seeds.size };
  const changes = [...new Set(old.flatMap(({ changes }) => changes))];
  return { runs: old.map(({ result }) => result), changes, wanted: seeds.size };
};

/** Mean and, of two or more, the sample standard deviation (n − 1). */
export const spreadOf = (
  values: readonly number[],
): { readonly mean: number; readonly std: number | undefined } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined };
};

/** Shares in per cent, `88.06 ± 0.12`; `–` where there is none. */
export const percentText = (shares: readonly number[]): string => {
  if (shares.length === 0) return '–';
  const { mean, std } = spreadOf(shares.map((share) => 100 * share));
  return std === undefined ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${std.toFixed(2)}`;
};

/** What a run came to in the end: after the passes, where there are any. */
export const outcomeOf = ({ test, bytes, compressed }: SeedResult): Pick<SeedResult, 'test' | 'bytes'> =>
  compressed ?? { test, bytes };

/** The accuracy on the test split in the end. */
export const accuracyOf = (run: SeedResult): number => outcomeOf(run).test['accuracy'] ?? Number.NaN;

/** One score of a split over the runs. */
export const scores = (
  { runs }: Summary,
  split: 'train' | 'validation' | 'test',
  name = 'accuracy',
): readonly number[] => runs.map((run) => run[split]?.[name] ?? Number.NaN);

/** The middle one. */
export const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

/** A row of a table. */
export const cells = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;
