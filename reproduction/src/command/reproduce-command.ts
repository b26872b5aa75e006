// The command behind `npm run reproduce`, for any list of experiments in any folder.
import { atomicWrite } from '@mapping-networks/core/node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment } from '../experiments/experiment.ts';
import { withHeadline } from '../page/headline.ts';
import { readPage } from '../page/read-page.ts';
import { statusLines, statusOf, type ExperimentStatus } from '../results/status.ts';
import { checkData } from '../training/checks.ts';
import { inParallel } from '../training/in-parallel.ts';
import { underSignals } from '../training/interruption.ts';
import type { Task } from '../training/task.ts';
import { trainSeed } from '../training/train-seed.ts';
import { reproduceOptions, USAGE, type ReproduceOptions } from './options.ts';

export interface Setting {
  readonly experiments: readonly Experiment[];
  /** Holds `results`, `runs` and README.md. */
  readonly root: string;
  /** A page between whose marks the headline table goes, if any. */
  readonly readme?: string;
  readonly say: (line: string) => void;
}

/** @throws Error for a name that no experiment has */
const chosen = (
  { names, only, all }: ReproduceOptions,
  experiments: readonly Experiment[],
): readonly Experiment[] => {
  const unknown = names.find((name) => experiments.every((experiment) => experiment.name !== name));
  if (unknown !== undefined)
    throw new Error(`There is no experiment '${unknown}'. --list shows all that there are.`);
  const found = experiments.filter(({ name }) => all || names.includes(name) || only?.test(name) === true);
  if (only !== undefined && found.length === 0)
    throw new Error(`There is no experiment whose name fits ${only}. --list shows all that there are.`);
  return found;
};

/** What is to be trained: the first seed of each before the second of any, so that a table fills evenly. */
const tasksOf = (
  statuses: readonly ExperimentStatus[],
  { force, seeds }: ReproduceOptions,
  say: (line: string) => void,
): readonly Task[] =>
  statuses
    .flatMap(({ experiment, identity, seeds: all }) =>
      [...all].flatMap(([seed, status]): readonly Task[] => {
        if (seeds !== undefined && !seeds.includes(seed)) return [];
        if (status.type === 'done' && !force) {
          say(`${experiment.name}, seed ${seed}: done (${status.result.date})`);
          return [];
        }
        if (status.type === 'changed')
          say(`${experiment.name}, seed ${seed}: trained anew, for ${status.changes.join('; ')}`);
        return [{ experiment, identity, seed }];
      }),
    )
    .toSorted((a, b) => a.seed - b.seed);

const writePages = async ({ root, readme, experiments }: Setting): Promise<void> => {
  await atomicWrite(join(root, 'README.md'), await readPage(root, experiments));
  if (readme === undefined) return;
  const statuses = await statusOf(experiments, join(root, 'results'));
  await atomicWrite(readme, withHeadline(await readFile(readme, 'utf8'), statuses));
};

/** Trains them; a run that fails is told of and does not keep the others from being trained. */
const trainAll = async (
  tasks: readonly Task[],
  options: ReproduceOptions,
  setting: Setting,
  signal: AbortSignal,
): Promise<number> => {
  const { root, say } = setting;
  const [runs, results] = [join(root, 'runs'), join(root, 'results')];
  await checkData(
    tasks.map(({ experiment }) => experiment.config),
    say,
    signal,
  );
  let failed = 0;
  let done = 0;
  await inParallel(tasks, options.jobs, signal, async (task) => {
    const which = `${task.experiment.name}, seed ${task.seed}`;
    const line = (text: string): void => say(options.jobs === 1 ? text : `[${which}] ${text}`);
    line(`\n${which}`);
    try {
      const { test, seconds, compressed } = await trainSeed(task, { ...options, runs, results, say: line });
      const accuracy = (compressed?.test ?? test)['accuracy'] ?? Number.NaN;
      say(`${which}: test ${(accuracy * 100).toFixed(2)} % after ${seconds + (compressed?.seconds ?? 0)} s`);
      done += 1;
    } catch (cause) {
      if (signal.aborted) return;
      failed += 1;
      say(`error: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  });
  const left = tasks.length - done - failed;
  if (signal.aborted) say(`interrupted: ${done} runs done, ${left} left; the same command goes on with them`);
  return failed === 0 ? 0 : 1;
};

/** Runs a command line; its exit code: 0, 1 when a run failed, 2 when it makes no sense, 130 or 143 after a signal. */
export const reproduce = async (args: readonly string[], setting: Setting): Promise<number> => {
  const { experiments, root, say } = setting;
  let options: ReproduceOptions;
  let selected: readonly Experiment[];
  try {
    options = reproduceOptions(args);
    selected = chosen(options, experiments);
  } catch (cause) {
    say(`error: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 2;
  }
  const { list, table } = options;
  if (selected.length === 0 && !list && !table) {
    say(USAGE);
    return 2;
  }
  const shown = list && selected.length === 0 ? experiments : selected;
  const statuses = await statusOf(shown, join(root, 'results'));
  if (list) {
    statusLines(statuses).forEach(say);
    return 0;
  }
  const tasks = tasksOf(statuses, options, say);
  return underSignals(async (signal) => {
    const code = tasks.length === 0 ? 0 : await trainAll(tasks, options, setting, signal);
    await writePages(setting);
    return code;
  });
};
