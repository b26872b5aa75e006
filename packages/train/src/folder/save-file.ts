// One checkpoint onto the disk, or an error that says what is left there.
import { reasonOf } from '@mapping-networks/core';
import { atomicWrite } from '@mapping-networks/core/node';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { encodeCheckpoint } from '../checkpoint/encode.ts';
import { cannotSaveCheckpoint } from '../errors.ts';
import { stepOf } from './file-names.ts';

/** @throws TRAIN_CANNOT_SAVE_CHECKPOINT */
export const saveFile = async (folder: string, name: string, checkpoint: Checkpoint): Promise<void> => {
  const file = join(folder, name);
  try {
    await atomicWrite(file, encodeCheckpoint(checkpoint));
  } catch (cause) {
    const remedy = `${await whatIsLeft(folder)} ${remedyOf(cause)}`;
    throw cannotSaveCheckpoint(file, reasonOf(cause), remedy, cause);
  }
};

const whatIsLeft = async (folder: string): Promise<string> => {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return 'The folder cannot be read any more, nor can the checkpoints in it.';
  const last = names
    .filter((name) => stepOf(name) !== undefined)
    .sort((a, b) => (stepOf(a) ?? 0) - (stepOf(b) ?? 0))
    .at(-1);
  return last === undefined
    ? 'No checkpoint was saved before.'
    : `The last one, '${join(folder, last)}', is untouched.`;
};

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on the disk, then resume the run.',
  EDQUOT: 'Free some of your quota, then resume the run.',
  EFBIG: 'Raise the limit on the size of files, then resume the run.',
  EACCES: 'Make the folder writable, then resume the run.',
  EPERM: 'Make the folder writable, then resume the run.',
  EROFS: 'Make the disk writable, then resume the run.',
  ENOENT: 'Bring the folder back and resume the run, or begin it again in another folder.',
};

const remedyOf = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return (
    (Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined) ??
    'Check folder and disk, then resume the run.'
  );
};
