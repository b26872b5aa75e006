// Exports as folders on disk, one each, and their figures beside them.
import { join } from 'node:path';
import { atomicWrite, atomicWriteAll, makeFolder, readRegularFile } from '@mapping-networks/core/node';
import { z } from 'zod';
import { cannotWrite } from '../errors.ts';
import { requireFileName } from '../file-name.ts';
import type { ExportResult } from '../result.ts';
import { removeExports, type RecordedExport } from './remove-exports.ts';

const FIGURES = 'exports.json';

/** Bytes of exports.json; that of ten exports has about 10 KB. */
const MOST_BYTES = 2 ** 22;

/**
 * Writes the exports that passed to `folder/NAME/`, and to `folder/exports.json` what is known of all of them: options,
 * figures, sizes, errors. Files are replaced atomically; of an export that did not pass none is written. Files that an
 * earlier `exports.json` there lists and that are none of these exports' are removed; all others stay.
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
    await removeExports(folder, await recordedIn(folder), (name, file) =>
      results.some((result) => result.passed && result.name === name && Object.hasOwn(result.files, file)),
    );
    await atomicWrite(join(folder, FIGURES), `${JSON.stringify(results.map(figuresOf), undefined, 2)}\n`);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
};

const recordedSchema: z.ZodType<readonly RecordedExport[]> = z.array(
  z.looseObject({ name: z.string(), files: z.record(z.string(), z.number()) }),
);

/** The exports that `exports.json` lists; none where it is no such file. */
const recordedIn = async (folder: string): Promise<readonly RecordedExport[]> => {
  try {
    const bytes = await readRegularFile(join(folder, FIGURES), MOST_BYTES);
    return recordedSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return [];
  }
};

/** A result as JSON: sizes of the files that were written instead of files, and the words of the error. */
const figuresOf = ({ files, error, ...rest }: ExportResult): object => ({
  ...rest,
  files: Object.fromEntries(
    Object.entries(rest.passed ? files : {}).map(([file, bytes]) => [file, bytes.length]),
  ),
  ...(error && { error: { code: error.code, message: error.message } }),
});
