// Trains one seed of an experiment as a user would, by `mapnet train`; or goes on with it, by `mapnet resume`; or takes
// the result of a run that had ended before it could be written down. Then what `mapnet export` makes smaller.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkDisk } from './checks.ts';
import { runChild } from './child-process.ts';
import type { Json } from '../experiments/experiment.ts';
import { identityOf } from '../results/identity.ts';
import { harvest, stageOf } from './harvest.ts';
import { harvestExport } from './harvest-export.ts';
import { runFolder, withEngine, type Computing, type Task } from './task.ts';
import { writeSeedResult, type CompressedResult, type SeedResult } from '../results/seed-result.ts';

export interface TrainSeedOptions extends Computing {
  /** Where runs are trained. */
  readonly runs: string;
  /** Where results are kept. */
  readonly results: string;
  /** Trains anew even where a run has ended; one that was cut short is gone on with all the same. */
  readonly force?: boolean;
  readonly say: (line: string) => void;
}

const MAPNET = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const PEAK_MEMORY = join(import.meta.dirname, 'print-peak-memory.ts');

/** The run that a task stands on: its own, or that of the experiment whose network it makes smaller. */
const trainedTask = ({ experiment, identity, seed }: Task): Task => {
  if (experiment.compressed === undefined) return { experiment, identity, seed };
  const { compressed, ...trained } = experiment;
  return { experiment: { ...trained, name: compressed.of }, identity: identityOf(experiment.config), seed };
};

const mapnet = async (task: Task, args: readonly string[], say: (line: string) => void): Promise<string> => {
  const { code, report } = await runChild(MAPNET, args, say, [PEAK_MEMORY]);
  if (code === 0) return report;
  const how = code === null ? 'by a signal' : `with exit code ${code}`;
  throw new Error(`${task.experiment.name}, seed ${task.seed}: mapnet ended ${how}`);
};

interface Trained {
  readonly folder: string;
  readonly peakMb: number | undefined;
}

/** The run folder, in which the run is done. */
const trained = async (task: Task, options: TrainSeedOptions): Promise<Trained> => {
  const { runs, force = false, say } = options;
  const config = withEngine(task.experiment.config, options);
  const folder = runFolder(runs, task, config);
  const stage = stageOf(folder);
  if (stage === 'done' && !force) return { folder, peakMb: undefined };
  await checkDisk(runs);
  const file = `${folder}.json`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
  const begin = ['train', '--config', file, '--seed', String(task.seed), '--out', folder];
  const again = stage === 'done' ? ['--force'] : [];
  const args = stage === 'begun' ? ['resume', folder] : [...begin, ...again];
  return { folder, peakMb: Number(await mapnet(task, args, say)) || undefined };
};

/** What the passes of a task make of the network in a run folder. */
const compressed = async (
  task: Task,
  passes: readonly Json[],
  folder: string,
  { runs, say }: TrainSeedOptions,
): Promise<CompressedResult> => {
  const { experiment, identity, seed } = task;
  const out = join(runs, experiment.name, `seed-${seed}-${identity.hash.slice(0, 8)}`);
  await rm(out, { recursive: true, force: true });
  await mkdir(dirname(out), { recursive: true });
  const flags = passes.flatMap((pass) => ['--pass', JSON.stringify(pass)]);
  await mapnet(task, ['export', folder, ...flags, '--to', 'latent', '--out', out], say);
  return harvestExport(out);
};

/** Writes the result down. @throws Error when the run did not end well, with the exit code of `mapnet` */
export const trainSeed = async (task: Task, options: TrainSeedOptions): Promise<SeedResult> => {
  const base = trainedTask(task);
  const { folder, peakMb } = await trained(base, options);
  const run = await harvest(folder, base, peakMb);
  const { name, compressed: smaller } = task.experiment;
  const result: SeedResult = {
    ...run,
    ...task.identity,
    name,
    ...(smaller && { compressed: await compressed(task, smaller.passes, folder, options) }),
  };
  await writeSeedResult(options.results, result);
  return result;
};
