// record.json: what a run came to. It is written last, so that its presence says that the run is done.
import type { EpochRecord, LossWarning } from '@mapping-networks/core';
import { atomicWrite } from '@mapping-networks/core/node';
import { join } from 'node:path';
import { z } from 'zod';
import { unreadableRecord } from '../errors.ts';
import { numberOrNull } from '../number-or-null.ts';
import { resultSchema, scoresSchema, type Result } from '../result.ts';
import { environmentSchema, type Environment } from './environment.ts';
import { MOST_RECORD_BYTES, MOST_RECORD_VALUES, RECORD } from './files.ts';
import { readAs } from './read-json.ts';

/** What record.json holds. */
export interface RunRecordFile {
  readonly result: Result;
  readonly history: readonly EpochRecord[];
  /** What the run warned of, roll-backs among them; absent in records of the first release. */
  readonly warnings?: readonly LossWarning[];
  readonly environment: Environment;
  /** When it was done, ISO 8601. */
  readonly date: string;
}

const named = z.record(z.string(), numberOrNull());

const epoch: z.ZodType<EpochRecord> = z.strictObject({
  epoch: z.int().min(1),
  learningRate: z.number().min(0),
  objective: numberOrNull(),
  terms: named,
  weights: named.exactOptional(),
  train: scoresSchema,
  validation: scoresSchema.exactOptional(),
  seconds: z.number().min(0),
});

const warning: z.ZodType<LossWarning> = z.strictObject({ code: z.string(), message: z.string() });

const schema: z.ZodType<RunRecordFile> = z.strictObject({
  result: resultSchema,
  history: z.array(epoch).max(1_000_000),
  warnings: z.array(warning).max(10_000).exactOptional(),
  environment: environmentSchema,
  date: z.iso.datetime(),
});

/** Writes record.json, atomically. */
export const writeRecord = (folder: string, record: RunRecordFile): Promise<void> =>
  atomicWrite(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);

/** The record of a run; undefined while it is not done, and for a bundle that travels alone. @throws CLI_UNREADABLE_RECORD */
export const readRecord = async (folder: string): Promise<RunRecordFile | undefined> => {
  const path = join(folder, RECORD);
  try {
    return await readAs(schema, path, MOST_RECORD_BYTES, MOST_RECORD_VALUES);
  } catch (cause) {
    throw unreadableRecord(path, cause);
  }
};
