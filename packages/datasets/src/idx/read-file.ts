// One IDX file from disk, raw or gzipped, whatever its name says. Nothing larger than `limit` bytes is ever in memory.
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { corruptGzip, oversizedFile, unreadableFile } from '../errors.ts';
import { parseIdx, type IdxArray } from './parse.ts';

const decompress = promisify(gunzip);

/**
 * @throws DATASETS_UNREADABLE_FILE, DATASETS_OVERSIZED_FILE, DATASETS_CORRUPT_GZIP and what `parseIdx` throws
 */
export const readIdxFile = async (path: string, limit: number): Promise<IdxArray> => {
  const bytes = await readBounded(path, limit);
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseIdx(gzipped ? await decompressBounded(bytes, path, limit) : bytes, path);
};

const readBounded = async (path: string, limit: number): Promise<Uint8Array> => {
  try {
    if ((await stat(path)).size <= limit) return await readFile(path);
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
  throw oversizedFile(path, limit);
};

const decompressBounded = async (bytes: Uint8Array, path: string, limit: number): Promise<Uint8Array> => {
  try {
    return await decompress(bytes, { maxOutputLength: limit });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge ? oversizedFile(path, limit) : corruptGzip(path, cause);
  }
};
