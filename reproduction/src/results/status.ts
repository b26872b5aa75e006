// What is done of each experiment, what is missing, and what was done with another config than the present one.
import type { Experiment } from '../experiments/experiment.ts';
import { differences, identityOf, type Identity } from './identity.ts';
import { readSeedResult, type SeedResult } from './seed-result.ts';

/** How one seed of an experiment stands. */
export type SeedStatus =
  | { readonly type: 'done'; readonly result: SeedResult }
  /** Done before the config changed; `changes` says in what. */
  | { readonly type: 'changed'; readonly result: SeedResult; readonly changes: readonly string[] }
  | { readonly type: 'missing' };

export interface ExperimentStatus {
  readonly experiment: Experiment;
  readonly identity: Identity;
  /** By seed, in the order of the experiment. */
  readonly seeds: ReadonlyMap<number, SeedStatus>;
}

/** How a result stands to what the experiment is now. */
export const seedStatus = (result: SeedResult | undefined, now: Identity): SeedStatus => {
  if (!result) return { type: 'missing' };
  if (result.hash === now.hash) return { type: 'done', result };
  return { type: 'changed', result, changes: differences(result, now) };
};

/** Reads every result below `folder`. @throws Error for a file that is no result */
export const statusOf = (
  experiments: readonly Experiment[],
  folder: string,
): Promise<readonly ExperimentStatus[]> =>
  Promise.all(
    experiments.map(async (experiment) => {
      const identity = identityOf(experiment.config, undefined, experiment.compressed?.passes);
      const seeds = await Promise.all(
        experiment.seeds.map(async (seed): Promise<readonly [number, SeedStatus]> => {
          const result = await readSeedResult(folder, experiment.name, seed);
          return [seed, seedStatus(result, identity)];
        }),
      );
      return { experiment, identity, seeds: new Map(seeds) };
    }),
  );

/** For people: one line an experiment, below it what has changed. */
export const statusLines = (statuses: readonly ExperimentStatus[]): readonly string[] => {
  const width = Math.max(0, ...statuses.map(({ experiment }) => experiment.name.length));
  return statuses.flatMap(({ experiment, seeds }) => {
    const states = [...seeds].map(([seed, status]) => `seed ${seed} ${status.type}`).join(', ');
    const changes = [...seeds.values()].flatMap((status) =>
      status.type === 'changed' ? status.changes : [],
    );
    return [
      `${experiment.name.padEnd(width)}  ${states}`,
      ...[...new Set(changes)].map((change) => `  ${change}`),
    ];
  });
};
