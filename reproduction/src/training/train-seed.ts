// Trains one seed of an experiment as a user would, by `mapnet train`; or goes on with it, by `mapnet resume`; or takes
// the result of a run that had ended before it could be written down.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkDisk } from './checks.ts';
import { runChild } from './child-process.ts';
import { harvest, stageOf } from './harvest.ts';
import { runFolder, withEngine, type Computing, type Task } from './task.ts';
import { writeSeedResult, type SeedResult } from '../results/seed-result.ts';

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

/** Writes the result down. @throws Error when the run did not end well, with the exit code of `mapnet` */
export const trainSeed = async (task: Task, options: TrainSeedOptions): Promise<SeedResult> => {
  const { runs, results, force = false, say } = options;
  const { experiment, seed } = task;
  const config = withEngine(experiment.config, options);
  const folder = runFolder(runs, task, config);
  const stage = stageOf(folder);
  let peakMb: number | undefined;
  if (stage !== 'done' || force) {
    await checkDisk(runs);
    const file = `${folder}.json`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
    const begin = ['train', '--config', file, '--seed', String(seed), '--out', folder];
    const again = stage === 'done' ? ['--force'] : [];
    const args = stage === 'begun' ? ['resume', folder] : [...begin, ...again];
    const { code, report } = await runChild(MAPNET, args, say, [PEAK_MEMORY]);
    if (code !== 0) {
      const how = code === null ? 'by a signal' : `with exit code ${code}`;
      throw new Error(`${experiment.name}, seed ${seed}: mapnet ended ${how}`);
    }
    peakMb = Number(report) || undefined;
  }
  const result = await harvest(folder, task, peakMb);
  await writeSeedResult(results, result);
  return result;
};
