// results/NAME/seed-N.json: what one run of an experiment came to, where, and from which config.
import { atomicWrite } from '@mapping-networks/core/node';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Identity } from './identity.ts';

export interface SplitScores {
  readonly loss: number;
  readonly [metric: string]: number;
}

/** What a network became that was made smaller after training. */
export interface CompressedResult {
  readonly test: SplitScores;
  /** Of the stored network. */
  readonly bytes: number;
  /** Parameters that are not 0. */
  readonly nonZero: number;
  /** Of all passes, training on included. */
  readonly seconds: number;
}

export interface SeedResult extends Identity {
  readonly name: string;
  readonly seed: number;
  readonly trainables: number;
  readonly targetParameters: number;
  /** Of the stored network. */
  readonly bytes: number;
  readonly epochs: number;
  /** All scores are those of the network after the last epoch. */
  readonly train: SplitScores;
  /** Where examples were held out for it. */
  readonly validation?: SplitScores;
  readonly test: SplitScores;
  /** Train minus test of the accuracy. */
  readonly gap: number;
  /** Of training, validation included, over all parts of a run that was cut short. */
  readonly seconds: number;
  /** Peak resident memory of the process that ended the run; unknown where it had ended before it was asked. */
  readonly peakMb?: number;
  /** What the engine says of itself. */
  readonly engine: string;
  readonly machine: { readonly cpu: string; readonly platform: string };
  readonly versions: { readonly mapnet: string; readonly node: string };
  /** When the run was done, ISO 8601. */
  readonly date: string;
  /** Of the trained parameters. */
  readonly fingerprint: string;
  /** After the passes, where there are any; all else is said of the network before them. */
  readonly compressed?: CompressedResult;
}

const count = z.int().min(1);
const words = z.string().min(1).max(1000);
const scores = z.object({ loss: z.number() }).catchall(z.number());

const schema: z.ZodType<SeedResult> = z.strictObject({
  name: words,
  seed: z.int().min(0),
  trainables: count,
  targetParameters: count,
  bytes: count,
  epochs: count,
  train: scores,
  validation: scores.exactOptional(),
  test: scores,
  gap: z.number(),
  seconds: z.number().min(0),
  peakMb: count.exactOptional(),
  engine: words,
  machine: z.strictObject({ cpu: words, platform: words }),
  versions: z.strictObject({ mapnet: words, node: words }),
  date: words,
  fingerprint: words,
  compressed: z
    .strictObject({ test: scores, bytes: count, nonZero: z.int().min(0), seconds: z.number().min(0) })
    .exactOptional(),
  hash: words,
  inputs: z.strictObject({ scale: z.number(), mean: z.number(), std: z.number() }),
  start: words,
  passes: z.array(z.record(z.string(), z.unknown())).exactOptional(),
  config: z.record(z.string(), z.unknown()),
});

export const resultPath = (folder: string, name: string, seed: number): string =>
  join(folder, name, `seed-${seed}.json`);

/** Writes it in the order of the schema, whole or not at all. */
export const writeSeedResult = async (folder: string, result: SeedResult): Promise<void> => {
  const path = resultPath(folder, result.name, result.seed);
  await mkdir(dirname(path), { recursive: true });
  await atomicWrite(path, `${JSON.stringify(schema.parse(result), null, 2)}\n`);
};

/** Undefined where there is none. @throws Error that names a file which is no result */
export const readSeedResult = async (
  folder: string,
  name: string,
  seed: number,
): Promise<SeedResult | undefined> => {
  const path = resultPath(folder, name, seed);
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`Expected the result of a run in ${path}. Restore or remove the file.`, { cause });
  }
};
