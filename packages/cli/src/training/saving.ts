// Every write to a run folder while it is trained on goes through here, so that a failure of any of them says the same:
// what could not be written, what is safe, and how to go on.
import { MappingNetworksError } from '@mapping-networks/core';
import type { FolderLock } from '@mapping-networks/train/node';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cannotSave, folderGone } from '../errors.ts';
import { CHECKPOINTS } from '../run-folder/files.ts';
import type { RunSetting } from './setting.ts';

export interface Saving {
  /** Does a write, if the folder is still ours. @throws TRAIN_LOCK_LOST, CLI_CANNOT_SAVE, CLI_FOLDER_GONE */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** The same for one that looks at the lock itself, when it comes to writing. */
  gather<T>(work: () => Promise<T>): Promise<T>;
  /** To be told of each checkpoint that is durable. */
  saved(step: number): void;
  /** The step of the last of them. */
  lastSaved(): number | undefined;
}

/** What the system said, under the words that libraries have put around it. */
const root = (cause: unknown): unknown =>
  cause instanceof Error && cause.cause instanceof Error ? root(cause.cause) : cause;

const isLockLost = (cause: unknown): boolean =>
  cause instanceof MappingNetworksError && cause.code === 'TRAIN_LOCK_LOST';

type Place = Pick<RunSetting, 'folder' | 'path' | 'resume'>;

export const saving = ({ folder, path, resume }: Place, lock: FolderLock, from?: number): Saving => {
  let last = from;
  const kept = (): string => {
    if (last === undefined) return 'There is no checkpoint yet.';
    return existsSync(join(folder, CHECKPOINTS))
      ? `The checkpoint of step ${last} is whole.`
      : `Its folder '${CHECKPOINTS}' has gone: put it back.`;
  };
  const gather: Saving['gather'] = async (work) => {
    try {
      return await work();
    } catch (cause) {
      const reason = root(cause);
      if (!existsSync(folder)) throw folderGone(path, reason, resume);
      throw isLockLost(cause) ? cause : cannotSave(path, reason, kept(), resume);
    }
  };
  return {
    gather,
    write: (work) =>
      gather(async () => {
        await lock.confirm();
        return work();
      }),
    saved: (step) => {
      last = step;
    },
    lastSaved: () => last,
  };
};

const isSaving = (error: unknown): boolean =>
  error instanceof MappingNetworksError &&
  ['TRAIN_LOCK_LOST', 'CLI_CANNOT_SAVE', 'CLI_FOLDER_GONE'].includes(error.code);

/** The failed write behind an error, which the trainer may have wrapped as that of a callback; else the error. */
export const failedWrite = (error: unknown): unknown => {
  for (let at = error; at instanceof Error; at = at.cause) if (isSaving(at)) return at;
  return error;
};
