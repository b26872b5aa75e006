// Files of an earlier export as they are recorded, and nothing else, go out of a folder.
import { lstat, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileName } from '../file-name.ts';

/** What is recorded of an export: the folder that it has, and the bytes of each file in it. */
export interface RecordedExport {
  readonly name: string;
  readonly files: Readonly<Record<string, number>>;
}

/**
 * Removes the files of exports from `folder/NAME/`, and those folders that are empty then. A file of another size than is
 * recorded is someone else's by now and stays, as does what `keep` names.
 *
 * @throws what the file system throws where a file cannot be removed
 * @example
 * ```ts
 * import { removeExports } from '@mapping-networks/export/node';
 * await removeExports('exports', [{ name: 'onnx', files: { 'model.onnx': 140 } }]);
 * ```
 */
export const removeExports = async (
  folder: string,
  exports: readonly RecordedExport[],
  keep: (name: string, file: string) => boolean = () => false,
): Promise<void> => {
  for (const { name, files } of exports) {
    const own = join(folder, name);
    if (!isFileName(name) || !(await lstat(own).catch(() => undefined))?.isDirectory()) continue;
    for (const [file, bytes] of Object.entries(files)) {
      if (!isFileName(file) || keep(name, file)) continue;
      const found = await lstat(join(own, file)).catch(() => undefined);
      if (found?.isFile() && found.size === bytes) await rm(join(own, file));
    }
    // What is not empty stays.
    await rmdir(own).catch(() => {});
  }
};
