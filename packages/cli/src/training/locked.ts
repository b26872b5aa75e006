// One process at a time in a run folder, from before its first file to after its last.
import { makeFolder } from '@mapping-networks/core/node';
import { lockFolder, type FolderLock } from '@mapping-networks/train/node';
import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from '../output.ts';
import { LOCK } from '../run-folder/files.ts';
import { say } from '../terminal.ts';

export interface Locked {
  readonly folder: string;
  readonly path: string;
  /** The outermost folder that was made for it already. */
  readonly made?: string;
  /** For words. */
  readonly text: Output;
}

/** Removes the folders that were made for nothing, from the innermost to `made`. */
const removeEmpty = async (folder: string, made: string): Promise<void> => {
  for (let at = folder; at.startsWith(made); at = dirname(at)) {
    const removed = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
};

/** Runs `work` under the lock of the folder, which is made where it does not exist. @throws TRAIN_FOLDER_LOCKED */
export const locked = async <T>(
  { folder, path, made: before, text }: Locked,
  work: (lock: FolderLock) => Promise<T>,
): Promise<T> => {
  const made = (await makeFolder(folder)) ?? before;
  const stale = existsSync(join(folder, LOCK));
  const lock = await lockFolder(folder);
  if (stale)
    say(text, `the process that worked on ${path} before has ended without a word: taking over its lock`);
  try {
    return await work(lock);
  } finally {
    await lock.release();
    if (made !== undefined) await removeEmpty(folder, made);
  }
};
