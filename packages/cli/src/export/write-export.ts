// The folder of an export: complete, or not there. Everything is written to a folder beside it, which then takes its name.
import { atomicWrite, atomicWriteAll, makeFolder, syncFolder } from '@mapping-networks/core/node';
import type { ExportResult } from '@mapping-networks/export';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clearExport } from './clear-export.ts';
import { cannotWriteExport } from './errors.ts';
import type { ExportRecord } from './export-record.ts';
import { EXPORT } from './read-export.ts';

/**
 * Writes the exports that passed, each into a folder of its name, and the record. `folder` is empty or not there, or holds
 * an export that `replace` lets go.
 *
 * @throws CLI_CANNOT_WRITE_EXPORT, and then nothing is left of it
 */
export const writeExport = async (
  folder: string,
  path: string,
  results: readonly ExportResult[],
  record: ExportRecord,
  replace = false,
): Promise<void> => {
  const above = dirname(folder);
  const staged = join(above, `.export.${randomUUID()}.tmp`);
  try {
    await makeFolder(above);
    await mkdir(staged);
    for (const { name, files, passed } of results) {
      if (!passed) continue;
      await mkdir(join(staged, name));
      await atomicWriteAll(join(staged, name), files);
    }
    await atomicWrite(join(staged, EXPORT), `${JSON.stringify(record, null, 2)}\n`);
    if (replace) await clearExport(folder);
    await rmdir(folder).catch(whereMissing);
    await rename(staged, folder);
    await syncFolder(above).catch(() => {});
  } catch (cause) {
    await rm(staged, { recursive: true, force: true });
    throw cannotWriteExport(path, cause);
  }
};

/** An empty folder makes room; one that holds something has come in the meantime and stays. */
const whereMissing = (cause: unknown): void => {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
};
