// The first pictures of an IDX file, plain or gzipped.
import { parseIdx } from 'mapping-networks';
import { gunzipSync } from 'node:zlib';
import { notAPng, wrongIdxShape } from '../errors.ts';
import type { RawPicture } from './raw-picture.ts';

/** More than any file of this family has: a bomb stops here. */
const mostBytes = 2 ** 30;

const unzipped = (bytes: Buffer, path: string): Buffer => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    throw notAPng(path, cause);
  }
};

/** @throws CLI_WRONG_IDX_SHAPE, DATASETS_FOREIGN_FILE, DATASETS_TRUNCATED_FILE, DATASETS_TRAILING_BYTES */
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
