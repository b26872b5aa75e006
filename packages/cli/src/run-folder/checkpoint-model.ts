// The network of a checkpoint. Only read: the process that trains may be writing the next one.
import { readRegularFile } from '@mapping-networks/core/node';
import type { EpochRecord, Model } from '@mapping-networks/core';
import { decodeCheckpoint } from '@mapping-networks/train';
import type { Pipeline } from 'mapping-networks';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { noCheckpoint } from '../errors.ts';
import { CHECKPOINTS, MOST_CHECKPOINT_BYTES } from './files.ts';

const names: Readonly<Record<'latest' | 'best', RegExp>> = {
  latest: /^step-\d{8,15}\.safetensors$/,
  best: /^best\.safetensors$/,
};

const newestOf = (found: readonly string[]): string | undefined =>
  found.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1);

/** What was read, and where the run stood. */
export interface CheckpointModel {
  readonly model: Model;
  readonly step: number;
  /** Of the epochs that were done. */
  readonly history: readonly EpochRecord[];
  /** Of training so far. */
  readonly seconds: number;
}

/**
 * The network of the newest checkpoint of a run, or of the one that was best on validation.
 *
 * @throws CLI_NO_CHECKPOINT, TRAIN_INVALID_CHECKPOINT
 */
export const readCheckpointModel = async (
  folder: string,
  path: string,
  which: keyof typeof names,
  { target, parameterization }: Pipeline['parts'],
): Promise<CheckpointModel> => {
  const files = await readdir(join(folder, CHECKPOINTS)).catch(() => []);
  const name = newestOf(files.filter((file) => names[which].test(file)));
  if (name === undefined) throw noCheckpoint(path, which);
  const file = join(folder, CHECKPOINTS, name);
  const { state, history, seconds } = decodeCheckpoint(
    await readRegularFile(file, MOST_CHECKPOINT_BYTES),
    file,
  );
  const { trainables, buffers, step } = state;
  return { model: { target, parameterization, trainables, buffers }, step, history, seconds };
};
