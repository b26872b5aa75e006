// Folders that last: the name of a new folder stands in the one above it, which has to be synced as well.
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { syncFolder } from './atomic-write.ts';

/**
 * Makes a folder, with those above it that do not exist, durably: files that are synced in it survive a power cut with
 * their folder. Gives the outermost that was made; undefined where the folder was there.
 *
 * @example
 * ```ts
 * import { makeFolder } from '@mapping-networks/core/node';
 * import { existsSync } from 'node:fs';
 * await makeFolder('runs/first/checkpoints');
 * console.log(existsSync('runs/first/checkpoints')); // true
 * console.log(await makeFolder('runs/first')); // undefined
 * ```
 */
export const makeFolder = async (folder: string): Promise<string | undefined> => {
  const path = resolve(folder);
  const made = await mkdir(path, { recursive: true });
  if (made === undefined) return undefined;
  for (let at = path; at.startsWith(made) && at !== dirname(at); at = dirname(at)) {
    // Whoever may make a folder there need not be allowed to list it, and cannot sync it then.
    await syncFolder(dirname(at)).catch(() => {});
  }
  return made;
};
