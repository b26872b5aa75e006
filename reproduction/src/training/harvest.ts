// The result of a run folder in which a run is done.
import { resultSchema, type Result } from '@mapping-networks/cli';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SeedResult, SplitScores } from '../results/seed-result.ts';
import { rounded } from './rounded.ts';
import type { Task } from './task.ts';

const recordSchema = z.object({
  result: resultSchema,
  environment: z.object({
    version: z.string(),
    node: z.string(),
    platform: z.string(),
    cpu: z.string().default('unknown'),
    engine: z.string(),
  }),
  date: z.string(),
});

const recordFile = (folder: string): string => join(folder, 'record.json');

/** Whether a run has ended there, begun there, or neither. */
export const stageOf = (folder: string): 'done' | 'begun' | 'new' => {
  if (existsSync(recordFile(folder))) return 'done';
  return existsSync(join(folder, 'run.json')) ? 'begun' : 'new';
};

const scoresOf = (scores: Result['test']): SplitScores => {
  const entries = Object.entries(scores).map(([name, value]) => [name, rounded(value)] as const);
  return { loss: Number.NaN, ...Object.fromEntries(entries) };
};

/** What the engine says of itself, and its threads where it has an option for them. */
const engineText = (description: string, { engine }: Result['config']): string => {
  const threads = typeof engine === 'object' && engine !== null ? Reflect.get(engine, 'threads') : undefined;
  return threads === undefined ? description : `${description}, threads ${String(threads)}`;
};

/** From the record that a run leaves last. @throws Error for a run that ended early, and for a damaged record */
export const harvest = async (
  folder: string,
  { experiment, identity, seed }: Task,
  peakMb?: number,
): Promise<SeedResult> => {
  const { result, environment, date } = recordSchema.parse(
    JSON.parse(await readFile(recordFile(folder), 'utf8')),
  );
  if (result.ended !== 'completed')
    throw new Error(`${experiment.name}, seed ${seed}: expected all epochs, got a run that ended early.`);
  const { version, node, platform, cpu, engine } = environment;
  return {
    name: experiment.name,
    seed,
    trainables: result.trainables,
    targetParameters: result.targetParameters,
    bytes: result.artifactBytes,
    epochs: result.epochs,
    train: scoresOf(result.train),
    ...(result.validation && { validation: scoresOf(result.validation) }),
    test: scoresOf(result.test),
    gap: rounded(result.gap ?? Number.NaN),
    seconds: Math.round(result.seconds),
    ...(peakMb !== undefined && { peakMb }),
    engine: engineText(engine, result.config),
    machine: { cpu, platform },
    versions: { mapnet: version, node },
    date,
    fingerprint: result.fingerprint,
    ...identity,
  };
};
