// Before a PNG is decoded: that its chunks fill the file and keep their checksums, that there is one header, and that
// its data inflate to exactly the pixels of that header. The decoder allocates whatever 13 bytes claim, takes a second
// header for the first, skips the checksums of parts that it does not know, and with data of another length it can
// bring down the whole process.
import { crc32, inflateSync } from 'node:zlib';

/** 2,048 × 2,048. Networks that read pictures take far smaller ones, and nothing is scaled here. */
const MOST_PIXELS = 2 ** 22;

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** What is wrong with the bytes as a PNG file, if anything is before its pixels are decoded. */
export const pngProblem = (bytes: Buffer): string | undefined => {
  if (!bytes.subarray(0, 4).equals(SIGNATURE.subarray(0, 4))) return 'it does not begin like one';
  if (!bytes.subarray(0, 8).equals(SIGNATURE))
    return 'its first bytes were altered, as by a transfer as text';
  const chunks = chunksOf(bytes);
  if (typeof chunks === 'string') return chunks;
  const [header] = chunks;
  const first = header?.type === 'IHDR' && header.data.length === 13 ? header.data : undefined;
  if (first === undefined || chunks.filter(({ type }) => type === 'IHDR').length !== 1)
    return 'it does not begin with its one header';
  if (chunks.at(-1)?.type !== 'IEND') return 'it has no end, or something after its end';
  return headerProblem(first) ?? dataProblem(chunks, rawBytes(first));
};

const chunksOf = (bytes: Buffer): readonly Chunk[] | string => {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const length = bytes.length - at < 12 ? Infinity : bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return 'it is cut off, or the length of a part is wrong';
    const body = bytes.subarray(at + 4, end - 4);
    if (crc32(body) !== bytes.readUInt32BE(end - 4)) return 'the checksum of a part is wrong';
    chunks.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) });
    at = end;
  }
  return chunks;
};

/** Numbers a pixel, by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const headerProblem = (header: Buffer): string | undefined => {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colour = 0, , , interlace = 0] = header.subarray(8);
  if (width === 0 || height === 0) return 'it has no pixels';
  if (width * height > MOST_PIXELS)
    return `it has ${width}×${height} pixels, more than ${MOST_PIXELS} in all`;
  const known = CHANNELS[colour] !== undefined && [1, 2, 4, 8, 16].includes(depth) && interlace <= 1;
  return known
    ? undefined
    : `its header is of no known kind (depth ${depth}, colour ${colour}, interlace ${interlace})`;
};

/** Where the pixels of each of the seven passes of an interlaced picture begin, and how far apart they are. */
const PASSES = [
  [0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2],
] as const; // prettier-ignore

/** Bytes of all rows with their filter bytes. */
const rawBytes = (header: Buffer): number => {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colour = 0, , , interlace = 0] = header.subarray(8);
  const rows = (wide: number, high: number): number =>
    wide === 0 ? 0 : high * (Math.ceil((wide * depth * (CHANNELS[colour] ?? 0)) / 8) + 1);
  if (interlace === 0) return rows(width, height);
  const count = (side: number, from: number, step: number): number =>
    Math.max(0, Math.ceil((side - from) / step));
  return PASSES.reduce((sum, [x, y, dx, dy]) => sum + rows(count(width, x, dx), count(height, y, dy)), 0);
};

const dataProblem = (chunks: readonly Chunk[], expected: number): string | undefined => {
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  try {
    const { length } = inflateSync(data, { maxOutputLength: expected + 1 });
    return length === expected ? undefined : `its pixels have ${length} bytes, expected ${expected}`;
  } catch (cause) {
    return `its pixels cannot be inflated (${cause instanceof Error ? cause.message : String(cause)})`;
  }
};
