// `mapnet train`: config and flags to a run folder, or to one a seed.
import { pipelineFrom } from 'mapping-networks';
import { relative, resolve } from 'node:path';
import { resumeCommand } from '../command-line.ts';
import { bringsCode } from '../config/recorded-parts.ts';
import { missingFlags, trainConfig } from '../config/train-config.ts';
import type { TrainFlags } from '../config/train-flags.ts';
import { openWorkspace } from '../config/workspace.ts';
import { notEnough } from '../errors.ts';
import { progress } from '../progress/progress.ts';
import { checkFree } from '../run-folder/check-free.ts';
import { makeDefaultFolder } from '../run-folder/default-folder.ts';
import { beginSeeds } from '../seeds/train-seeds.ts';
import { saySeeds } from '../seeds/say-seeds.ts';
import { sayResult } from '../summary.ts';
import { details, words, type OutputOptions, type Terminal } from '../terminal.ts';
import { locked } from '../training/locked.ts';
import { loadData } from '../training/load-data.ts';
import type { RunSetting } from '../training/setting.ts';
import { trainRun } from '../training/train-run.ts';
import { asUsage } from '../usage-error.ts';

export interface TrainCommandOptions extends TrainFlags, OutputOptions {
  readonly config?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly seeds?: number | undefined;
  readonly keep: number;
  readonly out?: string | undefined;
  readonly force?: true | undefined;
}

/** What the command line asks for, checked as far as it can be before data is loaded. */
const settingOf = async (options: TrainCommandOptions, terminal: Terminal): Promise<RunSetting> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const pipeline = await asUsage(() => {
    const config = trainConfig(file?.config ?? {}, options, options.set ?? []);
    const missing = missingFlags(config);
    if (missing.length > 0) throw notEnough(missing, file?.path);
    return pipelineFrom(config, registry);
  });
  const { path, made } =
    options.out === undefined
      ? await makeDefaultFolder(pipeline, terminal.folder, new Date())
      : { path: options.out };
  const folder = resolve(terminal.folder, path);
  await asUsage(() => checkFree(folder, path, options.force === true));
  const coding = file !== undefined && bringsCode(file.config) ? file.path : undefined;
  const text = words(terminal, options);
  return {
    pipeline,
    folder,
    path,
    ...(made !== undefined && { made }),
    resume: resumeCommand(path, options.config === undefined ? undefined : coding),
    keep: options.keep,
    configFile: coding === undefined ? undefined : relative(folder, resolve(terminal.folder, coding)),
    text,
    details: details(terminal, options),
    show: progress(text, { verbose: options.verbose }),
  };
};

/** @throws UsageError for a config that cannot be run, Interrupted on Ctrl-C, and what training throws */
export const train = async (options: TrainCommandOptions, terminal: Terminal): Promise<void> => {
  const setting = await settingOf(options, terminal);
  await locked(setting, async (lock) => {
    // Another process may have trained there since.
    await asUsage(() => checkFree(setting.folder, setting.path, options.force === true));
    if (options.seeds === undefined) {
      await loadData(setting, false);
      sayResult(await trainRun(setting, { lock }), options, terminal);
    } else {
      saySeeds(await beginSeeds(setting, options.seeds), options, terminal);
    }
  });
};
