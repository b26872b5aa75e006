// What several runs are compared by: plain data, gathered by whoever has them.
import type { DatasetInfo, EpochRecord, Metric, Scores } from '@mapping-networks/core';
import type { StepPoint } from '../report-data.ts';

/** The splits of a dataset, in the order in which they are shown. */
export type SplitName = 'train' | 'validation' | 'test';

/** One run among several. What is not known is left out. */
export interface ComparedRun {
  /** As the reader calls it, such as its folder. */
  readonly name: string;
  /** The whole config, defaults written out. Runs that differ in nothing but `seed` are repetitions of each other. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What it was trained on; scores are compared between runs that agree on it. */
  readonly dataset: Pick<DatasetInfo, 'name' | 'title' | 'task'>;
  /** The metric that tests are made on. */
  readonly metric?: { readonly name: string } & Pick<Metric, 'better'>;
  /** Absent for a run that is done; else how far it came. Such a run is shown, and left out of means and tests. */
  readonly unfinished?: string;
  /** Numbers that were trained. */
  readonly trainables: number;
  /** Parameters of the target network. */
  readonly parameters: number;
  /** Of the stored network. */
  readonly bytes?: number;
  /** Wall time of training. */
  readonly seconds?: number;
  readonly scores: Readonly<Partial<Record<SplitName, Scores>>>;
  /** Overfitting by the metric; positive when test is worse than train. */
  readonly gap?: number;
  /** Steps in order; without steps the curves are drawn from the epochs. */
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochRecord[];
}

/** Several runs, in the order in which they are shown. */
export interface ComparisonData {
  readonly title: string;
  readonly runs: readonly ComparedRun[];
}
