// A run on disk: the bundle (config.json, latent.safetensors), which is all that using the network needs, and
// record.json, which says how it came about. Loading a bundle checks shapes, versions and the fingerprint.
import type { EpochRecord, Model, Registry } from '@mapping-networks/core';
import { atomicWrite, loadBundle, saveBundle } from '@mapping-networks/core/node';
import type { TrainResult } from 'mapping-networks';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runExists, unreadableRecord } from './errors.ts';
import { resultSchema, type Result } from './result.ts';
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

/** Fails when the folder holds anything, unless forced. @throws CLI_RUN_EXISTS */
export const checkFree = async (folder: string, path: string, force: boolean): Promise<void> => {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length > 0 && !force) throw runExists(path);
};

/** Writes the bundle; returns its bytes. */
export const writeModel = async (folder: string, model: Model): Promise<number> => {
  const { latentBytes, configBytes } = await saveBundle(folder, model);
  return latentBytes + configBytes;
};

/** What record.json says of a run. */
export const recordOf = (result: Result, { history, engine }: TrainResult): RunRecordFile => ({
  result,
  history,
  environment: { version, node: process.version, platform: `${process.platform} ${process.arch}`, engine },
  date: new Date().toISOString(),
});

export const writeRecord = async (folder: string, record: RunRecordFile): Promise<void> =>
  atomicWrite(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);

export const readModel = async (folder: string, registry: Registry): Promise<Model> =>
  loadBundle(folder, registry);

/** The result in record.json; undefined for a bundle that travels alone. @throws CLI_UNREADABLE_RECORD */
export const readResult = async (folder: string): Promise<Result | undefined> => {
  const path = join(folder, RECORD);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadableRecord(path, cause);
  });
  if (text === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(text)).result;
  } catch (cause) {
    throw unreadableRecord(path, cause);
  }
};
