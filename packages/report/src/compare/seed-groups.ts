// Runs that differ only in the seed of the run are repetitions of one experiment: a group, known by a letter.
import type { ComparedRun } from './comparison-data.ts';
import { differences, optionsOf, shortNames, type ConfigOption } from './config-paths.ts';

/** Repetitions of one experiment. */
export interface SeedGroup {
  /** A, B, … Z, AA, … */
  readonly letter: string;
  /** What sets it apart from the other groups: `projection oneHot`. */
  readonly label: string;
  /** The options in which groups differ, in the order of the columns; an option that it does not have is `–`. */
  readonly values: readonly string[];
  readonly runs: readonly ComparedRun[];
  /** The runs that count: done, each with a seed of its own. */
  readonly repetitions: readonly ComparedRun[];
}

/** Groups, and in which options they differ and agree. */
export interface Grouping {
  readonly groups: readonly SeedGroup[];
  /** Short names of the options in which groups differ. */
  readonly columns: readonly string[];
  /** Options that all groups share that have them, without the seed of the run. */
  readonly shared: readonly ConfigOption[];
}

/** The seed of a run as its config says it. */
export const seedOf = ({ config }: ComparedRun): string => optionsOf(config).get('seed') ?? '–';

const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

const repetitionsOf = (runs: readonly ComparedRun[]): readonly ComparedRun[] => {
  const done = runs.filter(({ unfinished }) => unfinished === undefined);
  return done.filter((run, index) => done.findIndex((other) => seedOf(other) === seedOf(run)) === index);
};

/** Options in words, `–` left out where there is something else to say. */
const optionWords = (columns: readonly string[], values: readonly string[]): string => {
  const words = columns.map((column, index) => ({ column, value: values[index] ?? '–' }));
  const known = words.filter(({ value }) => value !== '–');
  return (known.length > 0 ? known : words).map(({ column, value }) => `${column} ${value}`).join(', ');
};

const labelOf = (
  columns: readonly string[],
  values: readonly string[],
  runs: readonly ComparedRun[],
): string => {
  if (columns.length > 0) return optionWords(columns, values);
  return runs.length === 1 ? (runs[0]?.name ?? '') : 'all runs';
};

/** A group beside one other: its letter, and the options in which the two differ. */
export const nameBeside = (group: SeedGroup, other: SeedGroup, columns: readonly string[]): string => {
  const telling = columns.flatMap((_, index) => (group.values[index] === other.values[index] ? [] : [index]));
  const at = (list: readonly string[]): string[] => telling.map((index) => list[index] ?? '–');
  return telling.length === 0
    ? group.letter
    : `${group.letter} (${optionWords(at(columns), at(group.values))})`;
};

/** The groups of runs, in the order of their first runs. */
export const groupBySeed = (runs: readonly ComparedRun[]): Grouping => {
  const options = runs.map(({ config }) => {
    const all = new Map(optionsOf(config));
    all.delete('seed');
    return all;
  });
  const { differing, shared } = differences(options);
  const names = shortNames([...new Set([...options.flatMap((each) => [...each.keys()]), 'seed'])]);
  const columns = differing.map((path) => names.get(path) ?? path);
  const members = new Map<string, { values: readonly string[]; runs: ComparedRun[] }>();
  runs.forEach((run, index) => {
    const values = differing.map((path) => options[index]?.get(path) ?? '–');
    const key = JSON.stringify([run.dataset.name, run.dataset.task, ...values]);
    const group = members.get(key) ?? { values, runs: [] };
    group.runs.push(run);
    members.set(key, group);
  });
  const groups = [...members.values()].map(({ values, runs: together }, index) => ({
    letter: letterOf(index),
    label: labelOf(columns, values, together),
    values,
    runs: together,
    repetitions: repetitionsOf(together),
  }));
  return { groups, columns, shared };
};
