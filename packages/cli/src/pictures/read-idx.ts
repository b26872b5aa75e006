// The first pictures of an IDX file, plain or gzipped.
import { parseIdx } from 'mapping-networks';
import { constants, gunzipSync } from 'node:zlib';
import { fileUnreadable, wrongIdxShape } from './errors.ts';
import type { RawPicture } from './raw-picture.ts';

/** More than any file of this family has. */
const MOST_BYTES = 2 ** 30;

/** Compressed bytes that hold the header of any IDX file, after a name of any usual length; 4 MB at most, inflated. */
const START = 4_096;

/** What begins like IDX is inflated, up to the size that it declares; of anything else, such as a bomb, the start. */
const unzipped = (bytes: Buffer, path: string): Buffer => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const start = gunzipSync(bytes.subarray(0, START), { finishFlush: constants.Z_SYNC_FLUSH });
    const declared = declaredBytes(start);
    // One more, to tell a longer file from one of this size.
    return declared === undefined
      ? start
      : gunzipSync(bytes, { maxOutputLength: Math.min(MOST_BYTES, declared + 1) });
  } catch (cause) {
    throw fileUnreadable(path, cause);
  }
};

/** The size of the IDX file that begins with `start`; undefined where it is none. */
const declaredBytes = (start: Buffer): number | undefined => {
  const rank = start[3] ?? 0;
  const begins = start[0] === 0 && start[1] === 0 && start[2] === 8;
  if (!begins || rank < 1 || rank > 8 || start.length < 4 + 4 * rank) return undefined;
  let size = 1;
  for (let side = 0; side < rank; side += 1) size *= start.readUInt32BE(4 + 4 * side);
  return 4 + 4 * rank + size;
};

/**
 * @throws CLI_WRONG_IDX_SHAPE, CLI_FILE_UNREADABLE, DATASETS_FOREIGN_FILE, DATASETS_TRUNCATED_FILE,
 * DATASETS_TRAILING_BYTES
 */
export const readIdx = (bytes: Buffer, path: string, limit: number): readonly RawPicture[] => {
  const { shape, data } = parseIdx(unzipped(bytes, path), path);
  const [size = 0, height, width] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined) throw wrongIdxShape(path, shape);
  return Array.from({ length: Math.min(size, limit) }, (_, index) => ({
    name: `${path}#${index}`,
    height,
    width,
    channels: 1,
    pixels: data.subarray(index * height * width, (index + 1) * height * width),
  }));
};
