// Whether a run can be written to a folder, asked before hours of training.
import { existsSync } from 'node:fs';
import { access, constants, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resumeCommand } from '../command-line.ts';
import { notAFolder, runCutShort, runExists, unwritable } from '../errors.ts';
import { RECORD, RUN, SEEDS } from './files.ts';

/** The folder itself, or the part of its path that exists already. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

/** What a run leaves that was killed before run.json stood: its lock, files that were still being written. */
const isNothing = (name: string): boolean => name.startsWith('.lock') || /^\..*\.tmp$/.test(name);

const isNotAFolder = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOTDIR';

/**
 * Whether a run can be written there: not over other files unless forced, not into a file, not where nothing may be
 * written.
 *
 * @throws what `occupied` makes (CLI_RUN_EXISTS), CLI_NOT_A_FOLDER, CLI_UNWRITABLE
 */
export const checkFree = async (
  folder: string,
  path: string,
  force: boolean,
  occupied: (path: string) => Error = runExists,
): Promise<void> => {
  const ground = existing(folder);
  const entries = await readdir(ground).catch((cause: unknown) => {
    throw isNotAFolder(cause) ? notAFolder(path, ground) : unwritable(path, cause);
  });
  if (ground === folder && !force) {
    const begun = entries.includes(RUN) || entries.includes(SEEDS);
    if (begun && !entries.includes(RECORD)) throw runCutShort(path, resumeCommand(path));
    if (!entries.every(isNothing)) throw occupied(path);
  }
  await access(ground, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
};
