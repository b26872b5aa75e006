// Exports as folders on disk, one each, and their figures beside them.
import { join } from 'node:path';
import { atomicWrite, atomicWriteAll, makeFolder } from '@mapping-networks/core/node';
import { cannotWrite } from '../errors.ts';
import { requireFileName } from '../file-name.ts';
import type { ExportResult } from '../result.ts';

const FIGURES = 'exports.json';

/**
 * Writes the exports that passed to `folder/NAME/`, and to `folder/exports.json` what is known of all of them: options,
 * figures, sizes, errors. Files are replaced atomically; of an export that did not pass none is written.
 *
 * @throws EXPORT_CANNOT_WRITE, EXPORT_FILE_NAME
 * @example
 * ```ts
 * import { float32, mapping, modelMap } from '@mapping-networks/core';
 * import { exportNetwork, latent } from '@mapping-networks/export';
 * import { writeExports } from '@mapping-networks/export/node';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const inputs = float32(new Float32Array(784).fill(0.5), [1, 28, 28, 1]);
 * await writeExports('exports', await exportNetwork(model, [latent()], { inputs }));
 * ```
 */
export const writeExports = async (folder: string, results: readonly ExportResult[]): Promise<void> => {
  for (const { name, files } of results) Object.keys(files).forEach((file) => requireFileName(name, file));
  try {
    await makeFolder(folder);
    for (const { name, files, passed } of results) {
      if (!passed) continue;
      await makeFolder(join(folder, name));
      await atomicWriteAll(join(folder, name), files);
    }
    await atomicWrite(join(folder, FIGURES), `${JSON.stringify(results.map(figuresOf), undefined, 2)}\n`);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
};

/** A result as JSON: sizes instead of files, and the words of the error. */
const figuresOf = ({ files, error, ...rest }: ExportResult): object => ({
  ...rest,
  files: Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, bytes.length])),
  ...(error && { error: { code: error.code, message: error.message } }),
});
