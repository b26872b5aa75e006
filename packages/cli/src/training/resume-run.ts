// Goes on with a run that was cut short, from its newest good checkpoint and with everything else from run.json.
import type { Checkpoint } from '@mapping-networks/train';
import { openCheckpoints, type FoundCheckpoint } from '@mapping-networks/train/node';
import type { Pipeline } from 'mapping-networks';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { noRun, notResumable } from '../errors.ts';
import { count, duration } from '../format.ts';
import type { Output } from '../output.ts';
import type { Result } from '../result.ts';
import { CHECKPOINTS, LOCK, RECORD } from '../run-folder/files.ts';
import { readRecord } from '../run-folder/record-file.ts';
import { readRunFile, writeRunFile, type RunFile } from '../run-folder/run-file.ts';
import { say } from '../terminal.ts';
import { loadData } from './load-data.ts';
import { locked } from './locked.ts';
import { requireEngine } from './require-engine.ts';
import { saving } from './saving.ts';
import type { RunSetting } from './setting.ts';
import { trainRun } from './train-run.ts';

/** What resuming needs besides what stands in the folder. */
export interface ResumeSetting extends Omit<RunSetting, 'pipeline' | 'keep' | 'configFile'> {
  /** A pipeline from a recorded config, with the plugins that are known here. @throws CLI_UNKNOWN_PLUGIN and the like */
  readonly pipelineOf: (config: RunFile['config'], configFile?: string) => Pipeline;
}

/** What may be other than in run.json. */
export interface ResumeWish {
  /** Seconds of training from here on. */
  readonly timeLimit?: number | undefined;
}

/** What a folder without run.json is. */
const withoutPlan = async (folder: string, path: string): Promise<Error> => {
  if (!existsSync(folder)) return noRun(path);
  const holds: readonly string[] = await readdir(folder).catch(() => []);
  if (holds.includes(RECORD))
    return notResumable(path, 'it is a finished run without run.json, as the first release wrote them');
  if (holds.includes('config.json')) return notResumable(path, 'it holds a network, and no run.json');
  if (holds.includes(LOCK)) return notResumable(path, 'it was cut short before its first step');
  return noRun(path);
};

/** The result of a run that is done; a run at its time limit is not, unless it is left there. */
const finished = async (folder: string): Promise<Result | undefined> => {
  const record = await readRecord(folder);
  return record?.result.ended === 'time-limit' ? undefined : record?.result;
};

const sayWhere = (text: Output, path: string, found: FoundCheckpoint | undefined): void => {
  for (const { file, reason } of found?.skipped ?? [])
    say(text, `skipping the damaged checkpoint ${basename(file)}: ${reason}`);
  if (!found) {
    say(text, `${path} was cut short before its first checkpoint: starting at step 0`);
    return;
  }
  const { state, seconds } = found.checkpoint;
  const spent = `epoch ${count(state.epoch + 1)}, ${duration(seconds)} of training so far`;
  say(text, `resuming ${path} from step ${count(state.step)} (${spent})`);
};

/** The config of the rest of the run. */
const configOf = (
  config: RunFile['config'],
  { timeLimit }: ResumeWish,
  wasTimed: boolean,
  checkpoint: Checkpoint | undefined,
): RunFile['config'] => ({
  ...config,
  ...(wasTimed && { timeLimit: 'none' }),
  ...(timeLimit !== undefined && { timeLimit: (checkpoint?.seconds ?? 0) + timeLimit }),
});

/**
 * Goes on with the run in a folder, to its end. A run that is done is left as it is.
 *
 * @throws CLI_NOT_RESUMABLE, CLI_NO_RUN, CLI_UNREADABLE_RUN_FILE, CLI_ENGINE_MISSING, TRAIN_FOLDER_LOCKED, TRAIN_NO_GOOD_CHECKPOINT,
 * TRAIN_FOREIGN_CHECKPOINT, and what `trainRun` throws
 */
export const resumeRun = async (place: ResumeSetting, wish: ResumeWish): Promise<Result> => {
  const { folder, path, text } = place;
  const planned = await readRunFile(folder);
  if (!planned) throw await withoutPlan(folder, path);
  const { keep, configFile } = planned;
  // Names that nothing here knows are said before anything is touched.
  const plan = place.pipelineOf(planned.config, configFile);
  const done = (result: Result): Result => {
    say(text, `${path} is finished: there is nothing to resume`);
    return { ...result, run: path };
  };
  const before = await finished(folder);
  if (before) return done(before);
  await requireEngine({ ...place, pipeline: plan });
  return locked(place, async (lock) => {
    // Another process may have finished it since.
    const meanwhile = await finished(folder);
    if (meanwhile) return done(meanwhile);
    const found = await (await openCheckpoints(join(folder, CHECKPOINTS), { keep })).latest();
    const wasTimed = existsSync(join(folder, RECORD));
    const config = configOf(planned.config, wish, wasTimed, found?.checkpoint);
    const setting = { ...place, pipeline: place.pipelineOf(config, configFile), keep, configFile };
    await loadData(setting, true);
    sayWhere(text, path, found);
    await saving(setting, lock, found?.checkpoint.state.step).write(async () => {
      if (found) await writeRunFile(folder, { ...planned, config });
      await rm(join(folder, RECORD), { force: true });
    });
    return trainRun(setting, {
      lock,
      ...(found && { from: found.checkpoint, began: planned.environment }),
    });
  });
};
