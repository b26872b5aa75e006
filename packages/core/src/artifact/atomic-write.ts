// Files that are either the old ones or the new ones, never half of each: written beside, synced, renamed.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes `data` to `path` atomically; on failure the file that was there is untouched and nothing is left behind.
 *
 * @example
 * ```ts
 * import { atomicWrite } from '@mapping-networks/core/node';
 * import { readFile } from 'node:fs/promises';
 * await atomicWrite('note.txt', 'whole or not at all');
 * console.log(await readFile('note.txt', 'utf8')); // whole or not at all
 * ```
 */
export const atomicWrite = (path: string, data: Uint8Array | string): Promise<void> =>
  atomicWriteAll(dirname(path), { [basename(path)]: data });

/**
 * Writes several files of a folder: none takes its place before all are on the disk, so that a full disk leaves the
 * old ones together.
 *
 * @example
 * ```ts
 * import { atomicWriteAll } from '@mapping-networks/core/node';
 * import { readFile } from 'node:fs/promises';
 * await atomicWriteAll('.', { 'a.txt': 'one', 'b.txt': 'two' });
 * console.log(await readFile('b.txt', 'utf8')); // two
 * ```
 */
export const atomicWriteAll = async (
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> => {
  const staged = Object.entries(files).map(([name, data]) => ({
    path: join(folder, name),
    temporary: join(folder, `.${name}.${randomUUID()}.tmp`),
    data,
  }));
  try {
    for (const { temporary, data } of staged) await writeSynced(temporary, data);
    for (const { temporary, path } of staged) await rename(temporary, path);
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
};

const writeSynced = async (path: string, data: Uint8Array | string): Promise<void> => {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
};

/**
 * Makes the names of a folder durable, after a rename in it, where the system lets a folder be synced (Windows does
 * not).
 *
 * @example
 * ```ts
 * import { syncFolder } from '@mapping-networks/core/node';
 * import { rename, writeFile } from 'node:fs/promises';
 * await writeFile('draft.txt', 'whole');
 * await rename('draft.txt', 'final.txt');
 * await syncFolder('.');
 * ```
 */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
