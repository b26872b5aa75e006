// PNG files as `mapnet predict` reads them: parts with wrong lengths and checksums, headers that claim gigabytes, bombs.
// PNG has a checksum for each part, so that damage gives the same picture or none; where the checksums are made anew,
// the picture may be another one, of the size that its header says.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { readPictures } from '../../../packages/cli/src/pictures/read-pictures.ts';
import type { RawPicture } from '../../../packages/cli/src/pictures/raw-picture.ts';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { replaceByNoFile } from './not-files.ts';

interface Part {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const partBytes = ({ type, data }: Part, length = data.length): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([word(length), body, word(crc32(body))]);
};

const pngBytes = (parts: readonly Part[]): Uint8Array =>
  new Uint8Array(Buffer.concat([SIGNATURE, ...parts.map((part) => partBytes(part))]));

const header = (width: number, height: number, depth: number, colour: number, interlaced = 0): Part => ({
  type: 'IHDR',
  data: Buffer.concat([word(width), word(height), Buffer.of(depth, colour, 0, 0, interlaced)]),
});

const end: Part = { type: 'IEND', data: new Uint8Array(0) };

/** Rows of `bytes` each, unfiltered. */
const pixels = (rows: number, bytes: number): Part => ({
  type: 'IDAT',
  data: deflateSync(
    Uint8Array.from({ length: rows * (bytes + 1) }, (_, i) => (i % (bytes + 1) === 0 ? 0 : i & 0xff)),
  ),
});

const SEEDS: readonly (readonly Part[])[] = [
  [header(8, 6, 8, 0), pixels(6, 8), end],
  [header(7, 5, 8, 2), { type: 'tEXt', data: Buffer.from('Comment\0hello') }, pixels(5, 21), end],
  [header(4, 4, 8, 6), pixels(4, 16), end],
  [header(4, 4, 16, 2), pixels(4, 24), end],
  [
    header(8, 4, 1, 3),
    { type: 'PLTE', data: Buffer.of(0, 0, 0, 250, 128, 3) },
    { type: 'tRNS', data: Buffer.of(255, 100) },
    pixels(4, 1),
    end,
  ],
  [header(1, 1, 8, 2, 1), pixels(1, 3), end],
];

const SIDES = [0, 1, 2, 27, 28, 2_048, 2_049, 65_535, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const bomb: Part = { type: 'IDAT', data: deflateSync(new Uint8Array(40_000_000), { level: 9 }) };

type PartMutation = (parts: readonly Part[], index: number, random: Random) => readonly Part[];

/** Damage with the checksums made anew. */
const PART_MUTATIONS: Readonly<Record<string, PartMutation>> = {
  'a header of other sizes': ([first, ...rest], _, random) => {
    const data = Buffer.from(first?.data ?? []);
    if (data.length === 13) data.writeUInt32BE(random.pick(SIDES), random.pick([0, 4]));
    return [{ type: 'IHDR', data }, ...rest];
  },
  'a header of other bytes': ([first, ...rest], _, random) => {
    const data = Buffer.from(first?.data ?? []);
    if (data.length === 13) data[8 + random.below(5)] = random.pick([0, 1, 2, 3, 4, 6, 8, 16, 255]);
    return [{ type: 'IHDR', data }, ...rest];
  },
  'a second header': (parts, index, random) =>
    parts.toSpliced(index, 0, header(random.pick(SIDES), random.pick(SIDES), 8, 6)),
  'a part removed': (parts, index) => parts.toSpliced(index, 1),
  'a part twice': (parts, index) => parts.toSpliced(index, 0, ...parts.slice(index, index + 1)),
  'parts in another order': (parts) => parts.toReversed(),
  'a part of other bytes': (parts, index, random) =>
    parts.map((part, i) => (i === index ? { ...part, data: mutatedBytes(part.data, random).value } : part)),
  'a part of another type': (parts, index, random) =>
    parts.map((part, i) =>
      i === index ? { ...part, type: random.pick(['XXXX', 'IDAT', 'PLTE', 'tRNS', 'IEND', 'gAMA']) } : part,
    ),
  'a bomb': (parts) => parts.map((part) => (part.type === 'IDAT' ? bomb : part)),
  'a bomb, interlaced': ([, ...rest], _, random) => [
    header(random.pick([1, 8, 2_048]), random.pick([1, 8, 2_048]), 8, 2, 1),
    ...rest.map((part) => (part.type === 'IDAT' ? bomb : part)),
  ],
};

const hostilePng = (
  parts: readonly Part[],
  random: Random,
): Mutated<Uint8Array> & { readonly anew: boolean } => {
  if (random.chance(0.4)) return { ...mutatedBytes(pngBytes(parts), random), anew: false };
  const names = Object.keys(PART_MUTATIONS);
  const chosen = Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(names));
  const changed = chosen.reduce(
    (current, name) => PART_MUTATIONS[name]?.(current, random.below(current.length), random) ?? current,
    parts,
  );
  return { what: chosen.join(', '), value: pngBytes(changed), anew: true };
};

const judge = (value: unknown, original: RawPicture, damaged: Uint8Array, anew: boolean): Judgement => {
  const [picture] = value as readonly RawPicture[];
  if (picture === undefined) return { wrong: 'no picture' };
  const { width, height, pixels: colours } = picture;
  const sameSize = width === original.width && height === original.height;
  if (sameSize && Buffer.from(colours).equals(Buffer.from(original.pixels))) return 'equal';
  const buffer = Buffer.from(damaged);
  const sizes = buffer.readUInt32BE(16) === width && buffer.readUInt32BE(20) === height;
  if (!sizes || colours.length !== 3 * width * height)
    return { wrong: 'not of the size that its header says' };
  return anew ? 'other' : { wrong: 'a damaged picture was taken' };
};

export const png: Format = {
  name: 'PNG',
  mostBytes: 200 * 2 ** 20,
  open: async (folder) => {
    const path = join(folder, 'picture.png');
    const read = () => readPictures(folder, 'picture.png', 10);
    const seeds: (readonly [readonly Part[], RawPicture])[] = [];
    for (const parts of SEEDS) {
      await writeFile(path, pngBytes(parts));
      const [picture] = await read();
      if (picture === undefined) throw new Error('a seed is no picture');
      seeds.push([parts, picture]);
    }
    return async (random: Random): Promise<Attack> => {
      if (random.chance(0.03)) return { what: await replaceByNoFile(path, random), read, judge: REFUSE };
      await rm(path, { recursive: true, force: true });
      const [parts, original] = random.pick(seeds);
      const { what, value, anew } = hostilePng(parts, random);
      await writeFile(path, value);
      return { what, read, judge: (pictures) => judge(pictures, original, value, anew) };
    };
  },
};
