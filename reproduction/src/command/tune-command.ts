// The command behind `npm run tune`, for any list of sweeps in any folder.
import { atomicWrite } from '@mapping-networks/core/node';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../experiments/experiment.ts';
import { checkData } from '../training/checks.ts';
import { runChild } from '../training/child-process.ts';
import { inParallel } from '../training/in-parallel.ts';
import { underSignals } from '../training/interruption.ts';
import { withEngine } from '../training/task.ts';
import { comparisonTable } from '../tuning/comparison.ts';
import { tuningPage } from '../tuning/page.ts';
import { tuningPlugins } from '../tuning/plugins/all.ts';
import { openLedger, type Ledger } from '../tuning/ledger.ts';
import { readRecords } from '../tuning/records.ts';
import type { TrialScores } from '../tuning/run-trial.ts';
import { trialsOf, type Sweep, type Trial } from '../tuning/sweep.ts';
import { tuneOptions, TUNE_USAGE, type TuneOptions } from './tune-options.ts';

export interface TuneSetting {
  readonly sweeps: readonly Sweep[];
  readonly benches: Readonly<Record<string, Json>>;
  /** Where trials are kept. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

const RUN_TRIAL = join(import.meta.dirname, '../tuning/run-trial.ts');

/** @throws Error for a name that no sweep has */
const chosen = ({ names, all }: TuneOptions, sweeps: readonly Sweep[]): readonly Sweep[] => {
  const unknown = names.find((name) => sweeps.every((sweep) => sweep.name !== name));
  if (unknown !== undefined)
    throw new Error(`There is no sweep '${unknown}'. --list shows all that there are.`);
  return sweeps.filter(({ name }) => all || names.includes(name));
};

/** One trial in a process of its own. @throws Error where that does not end well */
const run = async (trial: Trial, options: TuneOptions, say: (line: string) => void): Promise<TrialScores> => {
  const config = withEngine(trial.config, options, tuningPlugins);
  const order = JSON.stringify({ config, averages: trial.averages });
  const { code, report } = await runChild(RUN_TRIAL, [order], say);
  if (code === 0) return JSON.parse(report) as TrialScores;
  throw new Error(`the process ended ${code === null ? 'by a signal' : `with exit code ${code}`}`);
};

const writePage = async ({ folder, sweeps }: TuneSetting): Promise<void> =>
  atomicWrite(join(folder, 'README.md'), await tuningPage(folder, sweeps));

const runAll = async (
  trials: readonly Trial[],
  options: TuneOptions,
  ledger: Ledger,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> => {
  const configs = trials.map(({ config }) => config);
  await checkData(configs, say, signal, tuningPlugins);
  let failed = 0;
  await inParallel(trials, options.jobs, signal, async (trial) => {
    const which = `${trial.sweep} | ${trial.bench} | ${trial.variant} | seed ${trial.seed}`;
    const tell = (line: string): void => say(`[${which}] ${line}`);
    try {
      const twin = await ledger.twinOf(trial);
      const scores = twin ?? (await run(trial, options, tell));
      await ledger.add(trial, scores);
      const { accuracy = Number.NaN, loss } = scores.validation;
      tell(`validation ${(100 * accuracy).toFixed(2)} %, loss ${loss}${twin ? ', as in another sweep' : ''}`);
    } catch (cause) {
      if (signal.aborted) return;
      failed += 1;
      tell(`error: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  });
  return failed === 0 ? 0 : 1;
};

/** Runs a command line; its exit code: 0, 1 when a trial failed, 2 when it makes no sense, 130 or 143 after a signal. */
export const tune = async (args: readonly string[], setting: TuneSetting): Promise<number> => {
  const { sweeps, benches, folder, say } = setting;
  let options: TuneOptions;
  let selected: readonly Sweep[];
  try {
    options = tuneOptions(args);
    selected = chosen(options, sweeps);
  } catch (cause) {
    say(`error: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 2;
  }
  if (selected.length === 0 && !options.list && !options.table) {
    say(TUNE_USAGE);
    return 2;
  }
  await mkdir(folder, { recursive: true });
  const shown = options.list && selected.length === 0 ? sweeps : selected;
  const trials = shown.flatMap((sweep) => trialsOf(sweep, benches, options));
  const ledger = openLedger(
    folder,
    sweeps.map(({ name }) => name),
  );
  const done = await Promise.all(trials.map(ledger.holds));
  const left = trials.filter((_, i) => !done[i]);
  if (options.list) {
    for (const { name, question } of shown) {
      const of = (list: readonly Trial[]): number => list.filter(({ sweep }) => sweep === name).length;
      say(`${name}: ${of(trials) - of(left)} of ${of(trials)} trials done. ${question}`);
    }
    return 0;
  }
  return underSignals(async (signal) => {
    const code = left.length === 0 ? 0 : await runAll(left, options, ledger, say, signal);
    await writePage(setting);
    for (const sweep of shown)
      say(`\n${sweep.name}\n\n${comparisonTable(sweep, await readRecords(folder, sweep.name))}`);
    return code;
  });
};
