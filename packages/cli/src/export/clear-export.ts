// An export that makes room for another: the files that its record lists go, and nothing else.
import { removeExports } from '@mapping-networks/export/node';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { foreignFiles } from './errors.ts';
import { EXPORT, readExportRecord } from './read-export.ts';

/** Whether there was one. */
export const clearExport = async (folder: string): Promise<boolean> => {
  const record = await readExportRecord(folder);
  if (record === undefined) return false;
  await removeExports(folder, record.exports);
  await rm(join(folder, EXPORT));
  // What else is in it stays, and the folder then.
  await rmdir(folder).catch(() => {});
  return true;
};

/** @throws CLI_EXPORT_EXISTS where the folder holds anything but an export as it was written */
export const checkReplaceable = async (folder: string, path: string): Promise<void> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  const recorded = (await readExportRecord(folder))?.exports ?? [];
  const sizes = new Map(
    recorded.flatMap(({ name, files }) =>
      Object.entries(files).map(([file, size]) => [join(name, file), size] as const),
    ),
  );
  for (const file of found) {
    const name = relative(folder, file);
    const own = name === EXPORT ? recorded.length > 0 : sizes.get(name) === (await stat(file)).size;
    if (!own) throw foreignFiles(path, name);
  }
};
