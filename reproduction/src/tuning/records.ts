// tuning/SWEEP.json: what the trials of a sweep came to. Kept, because defaults rest on it.
import { atomicWrite } from '@mapping-networks/core/node';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrialScores } from './run-trial.ts';

export interface TrialRecord extends TrialScores {
  readonly bench: string;
  readonly variant: string;
  readonly seed: number;
  readonly epochs: number;
  /** Identity of the config. */
  readonly hash: string;
  /** Identity of the bench: the defaults of the time. Only trials of the same base can be compared. */
  readonly base: string;
}

const scores = z.object({ loss: z.number() }).catchall(z.number());

const record: z.ZodType<TrialRecord> = z.strictObject({
  bench: z.string(),
  variant: z.string(),
  seed: z.int(),
  epochs: z.int().min(1),
  validation: scores,
  averaged: z.record(z.string(), scores),
  curve: z.array(z.number()),
  seconds: z.number(),
  engine: z.string(),
  hash: z.string(),
  base: z.string(),
});

const schema = z.array(record);

/** `[]` where there are none yet. @throws Error for a file that holds something else */
export const readRecords = async (folder: string, sweep: string): Promise<readonly TrialRecord[]> => {
  const path = join(folder, `${sweep}.json`);
  if (!existsSync(path)) return [];
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`Expected the trials of a sweep in ${path}. Restore or remove the file.`, { cause });
  }
};

const key = ({ bench, variant, seed, epochs, base }: TrialRecord): string =>
  JSON.stringify([bench, epochs, base, variant, seed]);

/** Adds one; an older one of the same trial goes. A line each, in a fixed order. */
export const addRecord = async (folder: string, sweep: string, added: TrialRecord): Promise<void> => {
  const others = (await readRecords(folder, sweep)).filter((each) => key(each) !== key(added));
  const sorted = schema.parse([...others, added]).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const lines = sorted.map((each) => JSON.stringify(each)).join(',\n');
  await atomicWrite(join(folder, `${sweep}.json`), `[\n${lines}\n]\n`);
};
