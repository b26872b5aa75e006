// One process at a time in a folder: a lock file that says who works there, taken over when its holder is gone.
import { checkArgument } from '@mapping-networks/core';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cannotLock, folderLocked, lockLost } from '../errors.ts';
import { readLock } from './lock-file.ts';
import { removeClaims, takeLock, thisHolder } from './take-lock.ts';

/** How often a lock says that its holder is alive. */
export interface FolderLockOptions {
  /** Seconds, above 0 and at most 30: another machine takes over after 60. Default 15. */
  readonly refresh?: number;
}

/** A folder that is ours. */
export interface FolderLock {
  /** Whether it still is: another machine takes over from a holder that was suspended for a minute. */
  held(): Promise<boolean>;
  /** The same before a write. @throws TRAIN_LOCK_LOST when it is not; what the system says when that cannot be known */
  confirm(): Promise<void>;
  /** Gives it back; safe to call twice. A lock that somebody else has by now stays. */
  release(): Promise<void>;
}

const LOCK = '.lock';

const refreshSchema = z.number().gt(0).max(30);

/**
 * Locks a folder against other processes, on this machine and on others that share it. A lock is taken over when the
 * process that holds it has ended (also when its id has been given to another one since), or, where that cannot be
 * known because it runs on another machine or in another container, when it has not been refreshed for 60 seconds.
 *
 * @throws TRAIN_FOLDER_LOCKED while another process holds the lock, TRAIN_CANNOT_LOCK, CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { lockFolder } from '@mapping-networks/train/node';
 * const lock = await lockFolder('.');
 * console.log(await lock.held()); // true
 * await lock.release();
 * ```
 */
export const lockFolder = async (
  folder: string,
  { refresh = 15 }: FolderLockOptions = {},
): Promise<FolderLock> => {
  checkArgument('lockFolder', 'refresh', refreshSchema, refresh);
  const path = join(folder, LOCK);
  const mine = await thisHolder();
  const other = await takeLock(path, mine).catch((cause: unknown) => {
    throw cannotLock(folder, cause);
  });
  if (other !== undefined) throw folderLocked(folder, path, other);
  await removeClaims(folder, LOCK);
  const held = async (): Promise<boolean> => {
    const lock = await readLock(path).catch(() => undefined);
    return lock?.holder?.token === mine.token;
  };
  const beat = async (): Promise<void> => {
    if (await held()) await utimes(path, new Date(), new Date()).catch(() => {});
  };
  const timer = setInterval(() => void beat(), refresh * 1000);
  timer.unref();
  return Object.freeze({
    held,
    confirm: async () => {
      const lock = await readLock(path);
      if (lock?.holder?.token !== mine.token) throw lockLost(folder, lock?.holder);
    },
    release: async () => {
      clearInterval(timer);
      if (await held()) await rm(path, { force: true });
    },
  });
};
