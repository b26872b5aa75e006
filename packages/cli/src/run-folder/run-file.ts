// run.json: what a run is to become, written before its first step. With the checkpoints it is all that resuming needs.
import { atomicWrite } from '@mapping-networks/core/node';
import { join } from 'node:path';
import { z } from 'zod';
import { unreadableRunFile } from '../errors.ts';
import { environmentSchema, type Environment } from './environment.ts';
import { MOST_RUN_BYTES, RUN } from './files.ts';
import { readAs } from './read-json.ts';

/** What run.json holds. */
export interface RunFile {
  readonly format: 'mapping-networks-run';
  readonly version: 1;
  /** The whole config of the run, every default written out: a `RunRecord`. */
  readonly config: Readonly<Record<string, unknown>>;
  /**
   * The config file that brought plugins, relative to the run folder. Named in messages and never run: whoever resumes
   * says with --config whose code that may be.
   */
  readonly configFile?: string;
  /** How many of the latest checkpoints are kept. */
  readonly keep: number;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly started: string;
}

/** What run.json and seeds.json have in common. */
export const plannedFields: {
  readonly config: z.ZodType<RunFile['config']>;
  readonly configFile: z.ZodExactOptional<z.ZodString>;
  readonly keep: z.ZodType<number>;
  readonly started: z.ZodType<string>;
} = {
  config: z.record(z.string(), z.unknown()),
  configFile: z.string().max(4096).exactOptional(),
  keep: z.int().min(1).max(1000),
  started: z.iso.datetime(),
};

const schema: z.ZodType<RunFile> = z.strictObject({
  format: z.literal('mapping-networks-run'),
  version: z.literal(1),
  ...plannedFields,
  environment: environmentSchema,
});

/** Writes run.json, atomically. */
export const writeRunFile = (folder: string, run: Omit<RunFile, 'format' | 'version'>): Promise<void> => {
  const file: RunFile = { format: 'mapping-networks-run', version: 1, ...run };
  return atomicWrite(join(folder, RUN), `${JSON.stringify(file, null, 2)}\n`);
};

/** The run.json of a folder; undefined where there is none. @throws CLI_UNREADABLE_RUN_FILE */
export const readRunFile = async (folder: string): Promise<RunFile | undefined> => {
  const path = join(folder, RUN);
  try {
    return await readAs(schema, path, MOST_RUN_BYTES);
  } catch (cause) {
    throw unreadableRunFile(path, cause);
  }
};
