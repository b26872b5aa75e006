// A run on disk: the bundle (config.json, latent.safetensors), which is all that using the network needs, and
// record.json, which says how it came about. Loading a bundle checks shapes, versions and the fingerprint.
import type { EpochRecord, Model, Registry } from '@mapping-networks/core';
import { atomicWrite, loadBundle, saveBundle } from '@mapping-networks/core/node';
import type { RunRecord, TrainResult } from 'mapping-networks';
import { existsSync } from 'node:fs';
import { access, constants, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { noRun, notAFolder, runExists, unknownPlugin, unreadableRecord, unwritable } from './errors.ts';
import { resultOf, resultSchema, type Result } from './result.ts';
import { version } from './version.ts';

/** What made a run what it is, besides its config. */
export interface Environment {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  /** Engine, backend, device. */
  readonly engine: string;
}

export interface RunRecordFile {
  readonly result: Result;
  readonly history: readonly EpochRecord[];
  readonly environment: Environment;
  /** When it was done, ISO 8601. */
  readonly date: string;
}

const RECORD = 'record.json';

/** Only what commands read back; the rest is for people and tools. */
const recordSchema = z.looseObject({ result: resultSchema });

/** The folder itself, or the part of its path that exists already. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

/**
 * Whether a run can be written there, asked before hours of training: not over other files unless forced, not into a
 * file, not where nothing may be written.
 *
 * @throws CLI_RUN_EXISTS, CLI_NOT_A_FOLDER, CLI_UNWRITABLE
 */
export const checkFree = async (folder: string, path: string, force: boolean): Promise<void> => {
  const ground = existing(folder);
  const entries = await readdir(ground).catch((cause: unknown) => {
    throw codeOf(cause) === 'ENOTDIR' ? notAFolder(path, ground) : unwritable(path, cause);
  });
  if (ground === folder && entries.length > 0 && !force) throw runExists(path);
  await access(ground, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
};

const record = (result: Result, { history, engine }: TrainResult): RunRecordFile => ({
  result,
  history,
  environment: { version, node: process.version, platform: `${process.platform} ${process.arch}`, engine },
  date: new Date().toISOString(),
});

/** Writes a run that was cut short: its bundle. The record of another run that was there goes. */
export const saveUnfinished = async (folder: string, model: Model): Promise<void> => {
  await saveBundle(folder, model);
  await rm(join(folder, RECORD), { force: true });
};

/**
 * Writes a run that is done, as `mapnet train` does: the bundle and record.json. `path` is what the result calls the
 * folder.
 *
 * @throws CLI_SPLIT_NOT_SCORED when the dataset has an empty split, and what saving a bundle throws
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
  const { latentBytes, configBytes } = await saveBundle(folder, trained.model);
  await rm(join(folder, RECORD), { force: true });
  const result = resultOf(path, config, trained, latentBytes + configBytes);
  await atomicWrite(join(folder, RECORD), `${JSON.stringify(record(result, trained), null, 2)}\n`);
  return result;
};

/** The model of a run folder; `path` is what messages call it. @throws CLI_NO_RUN, CLI_UNKNOWN_PLUGIN and what loading a bundle throws */
export const readModel = async (folder: string, path: string, registry: Registry): Promise<Model> => {
  if (!existsSync(join(folder, 'config.json'))) throw noRun(path);
  return loadBundle(folder, registry).catch((cause: unknown) => {
    throw codeOf(cause) === 'CORE_UNKNOWN_NAME' ? unknownPlugin(path, cause) : cause;
  });
};

/** The result in record.json; undefined for a bundle that travels alone. @throws CLI_UNREADABLE_RECORD */
export const readResult = async (folder: string): Promise<Result | undefined> => {
  const path = join(folder, RECORD);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw unreadableRecord(path, cause);
  });
  if (text === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(text)).result;
  } catch (cause) {
    throw unreadableRecord(path, cause);
  }
};
