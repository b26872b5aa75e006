// One checkpoint onto the disk, or an error that says what is left there.
import { reasonOf } from '@mapping-networks/core';
import { atomicWrite } from '@mapping-networks/core/node';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { encodeCheckpoint } from '../checkpoint/encode.ts';
import { cannotSaveCheckpoint } from '../errors.ts';
import { stepOf } from './file-names.ts';

/** Of one file: no more is read back. */
export const MOST_CHECKPOINT_BYTES: number = 2 ** 30;

/** @throws TRAIN_CANNOT_SAVE_CHECKPOINT, also for one of more than `most` bytes, which could not be resumed from */
export const saveFile = async (
  folder: string,
  name: string,
  checkpoint: Checkpoint,
  most: number = MOST_CHECKPOINT_BYTES,
): Promise<void> => {
  const file = join(folder, name);
  try {
    const bytes = encodeCheckpoint(checkpoint);
    if (bytes.length > most) throw tooLarge(bytes.length, most);
    await atomicWrite(file, bytes);
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

const tooLarge = (bytes: number, most: number): Error =>
  Object.assign(new RangeError(`it would have ${bytes} bytes, and no more than ${most} are read back`), {
    code: 'TOO_LARGE',
  });

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on the disk, then resume the run.',
  EDQUOT: 'Free some of your quota, then resume the run.',
  EFBIG: 'Raise the limit on the size of files, then resume the run.',
  TOO_LARGE: "Train fewer numbers, or without restoreBest and onNan 'halve-lr', which keep more states.",
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
