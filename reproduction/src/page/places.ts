// Where runs were computed: a letter for each engine and machine, explained below the tables.
import type { SeedResult } from '../results/seed-result.ts';

export interface Places {
  /** The letters of some runs, such as `a` or `a, b`; `–` for none. */
  readonly of: (runs: readonly SeedResult[]) => string;
  readonly legend: string;
}

const placeOf = ({ engine, machine, versions }: SeedResult): string =>
  `${engine} on ${machine.cpu}, ${machine.platform}, Node ${versions.node}`;

const letter = (index: number): string => String.fromCodePoint('a'.codePointAt(0)! + index);

export const placesOf = (results: readonly SeedResult[]): Places => {
  const known = [...new Set(results.map(placeOf))].sort();
  const letters = (runs: readonly SeedResult[]): readonly string[] =>
    [...new Set(runs.map((run) => letter(known.indexOf(placeOf(run)))))].sort();
  return {
    of: (runs) => letters(runs).join(', ') || '–',
    legend: known.map((place, index) => `- ${letter(index)}: ${place}`).join('\n'),
  };
};
