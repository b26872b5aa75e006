// Picture files of any readable kind, told apart by how they begin and not by their names.
import type { RawPicture } from './raw-picture.ts';
import { readBytes } from './read-bytes.ts';
import { readIdx } from './read-idx.ts';
import { readPng } from './read-png.ts';

const startsLikeIdx = (bytes: Buffer): boolean =>
  (bytes[0] === 0x1f && bytes[1] === 0x8b) || (bytes[0] === 0 && bytes[1] === 0);

/** The pictures of a file; at most `limit` of an IDX file. */
export const readPictures = async (
  folder: string,
  path: string,
  limit: number,
): Promise<readonly RawPicture[]> => {
  const bytes = await readBytes(folder, path);
  return startsLikeIdx(bytes) ? readIdx(bytes, path, limit) : [readPng(bytes, path)];
};
