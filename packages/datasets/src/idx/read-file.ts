// One IDX file from disk, raw or gzipped, whatever its name says. Nothing larger than `limit` bytes is ever in memory.
import { readRegularFile } from '@mapping-networks/core/node';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { corruptGzip, oversizedFile, unreadableFile } from '../errors.ts';
import { parseIdx, type IdxArray } from './parse.ts';

const decompress = promisify(gunzip);
const SMALLEST_CHUNK = 16_384;

/**
 * @throws DATASETS_UNREADABLE_FILE, DATASETS_OVERSIZED_FILE, DATASETS_CORRUPT_GZIP and what `parseIdx` throws
 */
export const readIdxFile = async (path: string, limit: number): Promise<IdxArray> => {
  const bytes = await readBounded(path, limit);
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseIdx(gzipped ? await decompressBounded(bytes, path, limit) : bytes, path);
};

/** Never from a pipe or a device, which might not end. */
const readBounded = async (path: string, limit: number): Promise<Uint8Array> => {
  try {
    return await readRegularFile(path, limit);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'CORE_FILE_TOO_LARGE') throw oversizedFile(path, limit);
    throw unreadableFile(
      path,
      code === 'CORE_NOT_A_FILE' ? 'it is a folder, a pipe or a device' : causeOf(cause),
    );
  }
};

/** What the system said. */
const causeOf = (error: unknown): unknown => (error instanceof Error ? (error.cause ?? error) : error);

const decompressBounded = async (bytes: Uint8Array, path: string, limit: number): Promise<Uint8Array> => {
  try {
    return await decompress(bytes, { maxOutputLength: limit, chunkSize: promisedSize(bytes, limit) });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge ? oversizedFile(path, limit) : corruptGzip(path, cause);
  }
};

/**
 * The size that the last four bytes of a gzip file promise, plus one: as the chunk size it makes the output one chunk,
 * so that 47 MB of images are not held twice. Only a promise, therefore bounded both ways.
 */
const promisedSize = (bytes: Uint8Array, limit: number): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const promised = bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true) + 1;
  return Math.max(SMALLEST_CHUNK, Math.min(limit, promised));
};
