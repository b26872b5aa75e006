// Trains in a run folder, from the first step or from a checkpoint: the log is written before a checkpoint, checkpoints
// while training, the network after it, the record last.
import { modelMap, type TrainEvent } from '@mapping-networks/core';
import type { Checkpoint, CheckpointStore } from '@mapping-networks/train';
import { openCheckpoints, type FolderLock } from '@mapping-networks/train/node';
import type { TrainResult } from 'mapping-networks';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Interrupted } from '../interrupted.ts';
import type { Result } from '../result.ts';
import { clearRun, sayCleared } from '../run-folder/clear-run.ts';
import { changesSince, environmentOf, type Environment } from '../run-folder/environment.ts';
import { CHECKPOINTS } from '../run-folder/files.ts';
import { saveUnfinished } from '../run-folder/network.ts';
import { writeRunFile } from '../run-folder/run-file.ts';
import { saveRun } from '../run-folder/save-run.ts';
import { say } from '../terminal.ts';
import { openRunLog, type LogWriter } from '../run-log/write-log.ts';
import { interruptible, type Interruption } from './interruptible.ts';
import { notFinite } from './not-finite.ts';
import { failedWrite, saving, type Saving } from './saving.ts';
import type { RunSetting } from './setting.ts';

type StartEvent = Extract<TrainEvent, { type: 'start' }>;

/** What is open while a run trains. */
interface Opened {
  readonly log: LogWriter;
  readonly checkpoints: CheckpointStore;
}

const open = async (
  { folder, keep, pipeline: { parts, settings } }: RunSetting,
  { confirm }: FolderLock,
  { step, steps }: StartEvent,
): Promise<Opened> => {
  const { seed } = settings;
  const checkpoints = await openCheckpoints(join(folder, CHECKPOINTS), { keep });
  const start = modelMap(parts).init(seed);
  const log = await openRunLog(folder, { start, steps, seed, resumed: step > 0, confirm });
  return { log, checkpoints };
};

/** What the run is to become, so that it can be resumed; nothing of a run that was here before is left. */
const begin = async (setting: RunSetting, engine: string): Promise<void> => {
  const { folder, path, keep, configFile, pipeline } = setting;
  sayCleared(setting, `the run in ${path}`, await clearRun(folder));
  await writeRunFile(folder, {
    config: { ...pipeline.record },
    ...(configFile === undefined ? {} : { configFile }),
    keep,
    environment: environmentOf(engine),
    started: new Date().toISOString(),
  });
};

const sayChanges = ({ text, path }: RunSetting, changes: readonly string[]): void => {
  if (changes.length > 0)
    say(
      text,
      `${path} began elsewhere (${changes.join('; ')}): its last digits may differ from those of a run that stayed there`,
    );
};

/** Trains, with everything that is written meanwhile. Files are opened at the first event, when all has been checked. */
const fit = async (
  setting: RunSetting,
  save: Saving,
  { lock, from, began, before }: Beginning,
  { signal }: Interruption,
): Promise<TrainResult> => {
  let opened: Opened | undefined;
  const whenOpen = async (work: (files: Opened) => Promise<void>, how: 'write' | 'gather' = 'write') => {
    if (opened) await save[how](() => work(opened as Opened));
  };
  const store =
    (kind: 'save' | 'saveBest') =>
    async (checkpoint: Checkpoint): Promise<void> => {
      await whenOpen(async ({ log, checkpoints }) => {
        await log.flush();
        await checkpoints[kind](checkpoint);
      });
      if (kind === 'save') save.saved(checkpoint.state.step);
    };
  const onEvent = async (event: TrainEvent): Promise<void> => {
    if (event.type === 'start') {
      opened = await save.write(async () => {
        await before?.();
        if (!from) await begin(setting, event.engine);
        return open(setting, lock, event);
      });
      if (began) sayChanges(setting, changesSince(began, environmentOf(event.engine)));
    }
    if (event.type === 'step') await whenOpen(({ log }) => log.step(event), 'gather');
    setting.show(event);
    // Lets the event loop turn: a run on a synchronous backend would never hear of Ctrl-C.
    if (event.type === 'step') await setImmediate();
  };
  const checkpoints: CheckpointStore = { save: store('save'), saveBest: store('saveBest') };
  try {
    const trained = await setting.pipeline.train({
      signal,
      onEvent,
      checkpoints,
      ...(from && { resume: from }),
    });
    await whenOpen(({ log }) => log.flush());
    return trained;
  } catch (cause) {
    throw notFinite(failedWrite(cause), save.lastSaved(), setting);
  } finally {
    setting.show.close();
    await opened?.log.close().catch(() => {});
  }
};

/** Where a run begins. */
export interface Beginning {
  /** Of the run folder. */
  readonly lock: FolderLock;
  /** The checkpoint that it goes on from; none: the first step. */
  readonly from?: Checkpoint;
  /** Where the run began. */
  readonly began?: Environment;
  /** Done once everything has been checked, before anything in the folder is touched. */
  readonly before?: () => Promise<void>;
}

/**
 * Trains to the end and writes the run down. The folder is ours: see `locked`.
 *
 * @throws Interrupted on Ctrl-C and SIGTERM, TRAIN_LOCK_LOST, CLI_CANNOT_SAVE, CLI_FOLDER_GONE, and what training throws
 */
export const trainRun = async (setting: RunSetting, beginning: Beginning): Promise<Result> => {
  const { folder, path, pipeline, resume } = setting;
  const save = saving(setting, beginning.lock, beginning.from?.state.step);
  return interruptible(async (interruption) => {
    const trained = await fit(setting, save, beginning, interruption);
    if (trained.reason !== 'aborted')
      return save.write(() => saveRun(folder, pipeline.record, trained, path));
    if (trained.steps > 0) await save.write(() => saveUnfinished(folder, trained.model));
    const where =
      trained.steps === 0
        ? 'before the first step'
        : `after step ${trained.steps}; its checkpoint and the network as it was then are in ${path}`;
    throw new Interrupted(`interrupted ${where}\ngo on with: ${resume}`, interruption.came());
  });
};
