// What a command line of `npm run tune` asks for, read and checked.
import { parseArgs } from 'node:util';
import type { Computing } from '../training/task.ts';
import type { Extent } from '../tuning/sweep.ts';
import { pattern, sharing, whole } from './options.ts';

export interface TuneOptions extends Extent, Computing {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly list: boolean;
  readonly table: boolean;
  readonly jobs: number;
}

export const TUNE_USAGE = `Compares settings on validation splits, keeps every trial, and writes reproduction/tuning/README.md.

npm run tune -- SWEEP…     these sweeps; --all: all of them
npm run tune -- --list     the sweeps and how many of their trials are done
npm run tune -- --table    only writes the page

  --bench REGEX     only on these benches
  --variant REGEX   only these variants, and the first one of the sweep
  --epochs N        instead of those of the benches
  --seeds N         how many (default: 1)
  --jobs N          so many trials at a time, each with one thread (default: 1)
  --threads N       of the engine, where it has threads
  --engine NAME     what computes (default: that of the library)

What is done is not done again; Ctrl-C ends the trials that are under way, and the same command goes on with those.`;

/** @throws Error that says what is wrong with the command line */
export const tuneOptions = (args: readonly string[]): TuneOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
      bench: { type: 'string', default: '' },
      variant: { type: 'string', default: '' },
      epochs: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '1' },
      threads: { type: 'string' },
      engine: { type: 'string' },
    },
  });
  const { bench, variant, epochs, seeds, jobs, threads, ...others } = values;
  return {
    ...others,
    ...sharing(jobs, threads),
    names: positionals,
    benches: pattern('bench', bench),
    variants: pattern('variant', variant),
    epochs: epochs === undefined ? undefined : whole('epochs', epochs, 1),
    seeds: whole('seeds', seeds, 1),
  };
};
