// The bytes of a picture file: a regular file of bounded size, in the words of the command where it is none.
import { readRegularFile } from '@mapping-networks/core/node';
import { resolve } from 'node:path';
import { fileNotFound, fileUnreadable } from './errors.ts';

/** More than any file of pictures that fits into memory has. */
const MOST_BYTES = 2 ** 30;

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

/** @throws CLI_FILE_NOT_FOUND, CLI_FILE_UNREADABLE */
export const readBytes = (folder: string, path: string): Promise<Buffer> =>
  readRegularFile(resolve(folder, path), MOST_BYTES).catch((error: unknown) => {
    const system = error instanceof Error ? error.cause : undefined;
    if (codeOf(system) === 'ENOENT') throw fileNotFound(path);
    if (codeOf(error) === 'CORE_NOT_A_FILE') throw fileUnreadable(path, 'it is a folder, a pipe or a device');
    if (codeOf(error) === 'CORE_FILE_TOO_LARGE')
      throw fileUnreadable(path, `it has more than ${MOST_BYTES} bytes`);
    throw fileUnreadable(path, system ?? error);
  });
