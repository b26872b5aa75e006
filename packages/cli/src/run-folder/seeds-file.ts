// seeds.json: several runs of one config that differ in their seed, each in a folder of its own below this one.
import { atomicWrite } from '@mapping-networks/core/node';
import { join } from 'node:path';
import { z } from 'zod';
import { unreadableSeedsFile } from '../errors.ts';
import { MOST_RUN_BYTES, SEEDS } from './files.ts';
import { readAs } from './read-json.ts';
import { plannedFields, type RunFile } from './run-file.ts';

/** What seeds.json holds. */
export interface SeedsFile extends Pick<RunFile, 'config' | 'configFile' | 'keep' | 'started'> {
  readonly format: 'mapping-networks-seeds';
  readonly version: 1;
  readonly seeds: readonly number[];
  /** Of each seed, in the same order: names below this folder. */
  readonly folders: readonly string[];
}

/** Runs of one folder. */
export const MOST_SEEDS = 1000;

/** One name, which cannot lead out of the folder. */
const folderName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'expected the plain name of a folder');

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const listOf = <T extends z.ZodType>(item: T) =>
  z.array(item).min(1).max(MOST_SEEDS).refine(distinct, 'expected no entry twice');

const schema: z.ZodType<SeedsFile> = z
  .strictObject({
    format: z.literal('mapping-networks-seeds'),
    version: z.literal(1),
    seeds: listOf(z.int().min(0)),
    folders: listOf(folderName),
    ...plannedFields,
  })
  .refine(({ seeds, folders }) => seeds.length === folders.length, 'expected one folder a seed');

/** Writes seeds.json, atomically. */
export const writeSeedsFile = (
  folder: string,
  seeds: Omit<SeedsFile, 'format' | 'version'>,
): Promise<void> => {
  const file: SeedsFile = { format: 'mapping-networks-seeds', version: 1, ...seeds };
  return atomicWrite(join(folder, SEEDS), `${JSON.stringify(file, null, 2)}\n`);
};

/** The seeds.json of a folder; undefined where there is none. @throws CLI_UNREADABLE_SEEDS_FILE */
export const readSeedsFile = async (folder: string): Promise<SeedsFile | undefined> => {
  const path = join(folder, SEEDS);
  try {
    return await readAs(schema, path, MOST_RUN_BYTES);
  } catch (cause) {
    throw unreadableSeedsFile(path, cause);
  }
};
