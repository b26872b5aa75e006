// A regular file, whole, up to a limit. A folder, a pipe or a device in the place of a file would block for ever or
// never end; a file that grows while it is read would.
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { cannotRead, fileTooLarge, notAFile } from '../errors.ts';

/** Opening a pipe without a writer waits for one; with this flag it does not. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of the file at `path`: a regular file (or a link to one) of at most `limit` bytes.
 *
 * @throws CORE_CANNOT_READ, CORE_NOT_A_FILE, CORE_FILE_TOO_LARGE; nothing of the file has been read then
 * @example
 * ```ts
 * import { atomicWrite, readRegularFile } from '@mapping-networks/core/node';
 * await atomicWrite('short.txt', 'few bytes');
 * console.log((await readRegularFile('short.txt', 1000)).toString()); // few bytes
 * ```
 */
export const readRegularFile = async (path: string, limit: number): Promise<Buffer> => {
  let file: FileHandle;
  try {
    file = await open(path, FLAGS);
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw notAFile(path);
    if (stats.size > limit) throw fileTooLarge(path, limit);
    return await readUpTo(file, path, stats.size, limit);
  } finally {
    await file.close();
  }
};

/** What the file says it holds, and what came to it in the meantime, up to the limit. */
const readUpTo = async (file: FileHandle, path: string, size: number, limit: number): Promise<Buffer> => {
  let buffer = Buffer.allocUnsafeSlow(Math.min(size, limit) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file
      .read(buffer, length, buffer.length - length, length)
      .catch((cause: unknown) => {
        throw cannotRead(path, cause);
      });
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > limit) throw fileTooLarge(path, limit);
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(length)]);
  }
};
