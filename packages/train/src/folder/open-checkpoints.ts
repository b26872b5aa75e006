// Checkpoints as files of a folder: the last few by step, and the best. Each is written beside, synced and renamed, so
// that a crash at any moment leaves the ones before as they were.
import { checkArgument, MappingNetworksError, quoted, reasonOf } from '@mapping-networks/core';
import { makeFolder, readRegularFile } from '@mapping-networks/core/node';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Checkpoint, CheckpointStore } from '../checkpoint/checkpoint.ts';
import { decodeCheckpoint } from '../checkpoint/decode.ts';
import { cannotOpenCheckpoints, invalidCheckpoint, noGoodCheckpoint } from '../errors.ts';
import { nonFiniteArray } from '../step/state.ts';
import { BEST, isLeftover, stepFile, stepOf } from './file-names.ts';
import { MOST_CHECKPOINT_BYTES, saveFile } from './save-file.ts';

/** How many checkpoints a folder keeps. */
export interface CheckpointFolderOptions {
  /** Latest ones that are kept, at least 1; the best is kept besides. Default 3. */
  readonly keep?: number;
}

/** A checkpoint that could not be read, and why. */
export interface SkippedCheckpoint {
  readonly file: string;
  readonly reason: string;
}

/** A checkpoint that was read. */
export interface FoundCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Its path. */
  readonly file: string;
  /** Newer ones that are damaged. */
  readonly skipped: readonly SkippedCheckpoint[];
}

/** A folder of checkpoints: `train` writes to it, a resumed run reads from it. */
export interface CheckpointFolder extends CheckpointStore {
  readonly folder: string;
  /**
   * The newest that is whole, the best one where no other is; undefined where there is none at all.
   *
   * @throws TRAIN_NO_GOOD_CHECKPOINT when there are some and all are damaged, TRAIN_NEWER_CHECKPOINT for one that is
   * not, but was written by a newer version: going on from an older one would remove it
   */
  latest(): Promise<FoundCheckpoint | undefined>;
  /** The best on validation. @throws TRAIN_NO_GOOD_CHECKPOINT when it is damaged */
  best(): Promise<FoundCheckpoint | undefined>;
}

const keepSchema = z.int().min(1).max(1_000_000);

/**
 * Opens (and makes, where it does not exist) a folder of checkpoints. What killed writers left behind is removed: see
 * `lockFolder` for keeping other processes out. Saving a step removes files of later steps, which it supersedes.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_CANNOT_OPEN_CHECKPOINTS; `save` and `saveBest` reject with
 * TRAIN_CANNOT_SAVE_CHECKPOINT
 * @example
 * ```ts
 * import { openCheckpoints } from '@mapping-networks/train/node';
 * const checkpoints = await openCheckpoints('kept', { keep: 2 });
 * const found = await checkpoints.latest();
 * console.log(found?.checkpoint.state.step); // undefined
 * // train({ ..., checkpoints, ...(found && { resume: found.checkpoint }) })
 * ```
 */
export const openCheckpoints = async (
  folder: string,
  { keep = 3 }: CheckpointFolderOptions = {},
): Promise<CheckpointFolder> => {
  checkArgument('openCheckpoints', 'keep', keepSchema, keep);
  try {
    await makeFolder(folder);
    for (const name of await readdir(folder))
      if (isLeftover(name)) await rm(join(folder, name), { force: true });
  } catch (cause) {
    throw cannotOpenCheckpoints(folder, cause);
  }
  return Object.freeze({
    folder,
    save: async (checkpoint: Checkpoint) => {
      const { step } = checkpoint.state;
      await saveFile(folder, stepFile(step), checkpoint);
      await prune(folder, step, keep);
    },
    saveBest: (checkpoint: Checkpoint) => saveFile(folder, BEST, checkpoint),
    latest: async () => {
      const names = await filesOf(folder);
      const steps = newestFirst(names);
      return firstGood(folder, names.includes(BEST) ? [...steps, BEST] : steps);
    },
    best: async () => firstGood(folder, (await filesOf(folder)).includes(BEST) ? [BEST] : []),
  });
};

const filesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw cannotOpenCheckpoints(folder, cause);
  }
};

const newestFirst = (names: readonly string[]): readonly string[] =>
  names.filter((name) => stepOf(name) !== undefined).sort((a, b) => (stepOf(b) ?? 0) - (stepOf(a) ?? 0));

/** @throws TRAIN_NO_GOOD_CHECKPOINT */
const firstGood = async (folder: string, names: readonly string[]): Promise<FoundCheckpoint | undefined> => {
  const skipped: SkippedCheckpoint[] = [];
  for (const name of names) {
    const file = join(folder, name);
    try {
      return { checkpoint: await readCheckpoint(file, name), file, skipped };
    } catch (cause) {
      if (cause instanceof MappingNetworksError && cause.code === 'TRAIN_NEWER_CHECKPOINT') throw cause;
      skipped.push({ file, reason: reasonOf(cause) });
    }
  }
  if (skipped.length > 0) throw noGoodCheckpoint(folder, skipped);
  return undefined;
};

const readCheckpoint = async (file: string, name: string): Promise<Checkpoint> => {
  const checkpoint = decodeCheckpoint(await readRegularFile(file, MOST_CHECKPOINT_BYTES), file);
  const step = stepOf(name);
  if (step !== undefined && step !== checkpoint.state.step)
    throw invalidCheckpoint(file, `it is named after step ${step} and holds step ${checkpoint.state.step}`);
  // None is ever saved with such a state, and no run can go on from it.
  const broken = nonFiniteArray(checkpoint.state);
  if (broken !== undefined)
    throw invalidCheckpoint(file, `its array ${quoted(broken)} holds numbers that are not finite`);
  return checkpoint;
};

/**
 * Removes checkpoints that are superseded or too many. The new one is on the disk already: what cannot be removed now
 * is no reason to end a run, and is tried again after the next.
 */
const prune = async (folder: string, step: number, keep: number): Promise<void> => {
  const names = newestFirst(await readdir(folder).catch(() => []));
  const later = names.filter((name) => (stepOf(name) ?? 0) > step);
  const old = names.filter((name) => (stepOf(name) ?? 0) <= step).slice(keep);
  for (const name of [...later, ...old]) await rm(join(folder, name), { force: true }).catch(() => {});
};
