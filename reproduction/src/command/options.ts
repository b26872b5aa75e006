// What a command line asks for, read and checked.
import { parseArgs } from 'node:util';

export interface ReproduceOptions {
  readonly names: readonly string[];
  readonly only: RegExp | undefined;
  readonly all: boolean;
  readonly list: boolean;
  readonly table: boolean;
  readonly force: boolean;
  readonly seeds: readonly number[] | undefined;
  readonly jobs: number;
  readonly threads: number | undefined;
  readonly engine: string | undefined;
}

export const USAGE = `Trains what the docs report, keeps one result a seed, and writes the table into reproduction/README.md.

npm run reproduce -- NAME…          these experiments
npm run reproduce -- --only REGEX   those whose name fits
npm run reproduce -- --all          all of them; seed 0 of each first
npm run reproduce -- --list         what is done, what is missing, what was done before its config changed
npm run reproduce -- --table        only writes the table

  --seeds 0,1       only these of their seeds
  --jobs N          so many runs at a time, each with one thread (default: 1)
  --threads N       of the engine, where it has threads (default: that of the engine; 1 with several jobs)
  --engine NAME     what computes (default: that of the library)
  --force           also what is done already

A run that was cut short, by Ctrl-C or a kill, goes on when the same command is given again.`;

/** @throws Error for a value that is no whole number of at least `least` */
export const whole = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name}: expected a whole number of at least ${least}, got '${text}'.`);
};

/** @throws Error */
export const pattern = (name: string, text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new Error(`--${name}: expected a regular expression, got '${text}'.`, { cause });
  }
};

/** How many at a time, and with how many threads each. */
export const sharing = (
  jobsText: string,
  threadsText: string | undefined,
): Pick<ReproduceOptions, 'jobs' | 'threads'> => {
  const jobs = whole('jobs', jobsText, 1);
  const threads = threadsText === undefined ? undefined : whole('threads', threadsText, 1);
  return { jobs, threads: threads ?? (jobs > 1 ? 1 : undefined) };
};

/** @throws Error that says what is wrong with the command line */
export const reproduceOptions = (args: readonly string[]): ReproduceOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      all: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      threads: { type: 'string' },
      engine: { type: 'string' },
    },
  });
  const { only, seeds, jobs, threads, engine, ...flags } = values;
  return {
    ...flags,
    ...sharing(jobs, threads),
    names: positionals,
    only: only === undefined ? undefined : pattern('only', only),
    seeds: seeds?.split(',').map((seed) => whole('seeds', seed, 0)),
    engine,
  };
};
