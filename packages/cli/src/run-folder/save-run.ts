// Writes a run that is done: its network, and last the record, which says how it came about.
import { saveBundle } from '@mapping-networks/core/node';
import type { RunRecord, TrainResult } from 'mapping-networks';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resultOf, type Result } from '../result.ts';
import { environmentOf } from './environment.ts';
import { RECORD } from './files.ts';
import { writeRecord } from './record-file.ts';

/**
 * Writes a run that is done, as `mapnet train` does: the bundle and record.json. `path` is what the result calls the
 * folder.
 *
 * @throws CLI_SPLIT_NOT_SCORED when the dataset has no examples to train on, or to test with, and what saving a bundle
 * throws
 * @example
 * ```ts
 * import { saveRun } from '@mapping-networks/cli';
 * import { pipeline } from 'mapping-networks';
 * const dataset = { use: 'glyphs', train: 500, validation: 100, test: 100 } as const;
 * const { record, train } = pipeline({ target: 'mlp', dataset, latentDim: 64, epochs: 1 });
 * const { artifactBytes } = await saveRun('runs/mine', record, await train());
 * console.log(artifactBytes < 2000); // true
 * ```
 */
export const saveRun = async (
  folder: string,
  config: RunRecord,
  trained: TrainResult,
  path: string = folder,
): Promise<Result> => {
  // The record of another network goes before that network does.
  await rm(join(folder, RECORD), { force: true });
  const { latentBytes, configBytes } = await saveBundle(folder, trained.model);
  const result = resultOf(path, config, trained, latentBytes + configBytes);
  const environment = environmentOf(trained.engine);
  await writeRecord(folder, {
    result,
    history: trained.history,
    warnings: trained.warnings,
    environment,
    date: new Date().toISOString(),
  });
  return result;
};
