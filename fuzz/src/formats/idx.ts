// IDX in memory. A file is whole exactly when its header is one and its sides multiply to its bytes; the check here is
// done in whole numbers of any size, independently of the reader.
import { parseIdx, type IdxArray } from '@mapping-networks/datasets';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import type { Attack, Format, Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';

/** The bytes of an IDX array. */
export const idxBytes = (shape: readonly number[], data: Uint8Array): Uint8Array => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((side, axis) => header.writeUInt32BE(side, 4 + 4 * axis));
  return new Uint8Array(Buffer.concat([header, data]));
};

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);

export const IDX_SEEDS: readonly Uint8Array[] = [
  idxBytes([9], counting(9)),
  idxBytes([4, 3, 5], counting(60)),
  idxBytes([2, 28, 28], counting(1_568)),
  idxBytes([0, 28, 28], counting(0)),
  idxBytes([3, 2, 2, 2], counting(24)),
];

const SIDES = [0, 1, 2, 255, 256, 65_535, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** A header that lies: about how many sides there are, how long, of what. */
const hostileHeader = (bytes: Uint8Array, random: Random): Mutated<Uint8Array> => {
  const rank = random.pick([0, 1, 2, 3, 8, 9, 16, 64, 254, 255]);
  const sides = Array.from({ length: rank }, () => random.pick(SIDES));
  if (random.chance(0.3)) sides.fill(2 ** 32 - 1);
  if (random.chance(0.5) && rank > 0) sides[rank - 1] = 0;
  const type = random.chance(0.8) ? 8 : random.pick([0, 9, 11, 12, 13, 14, 255]);
  const value = idxBytes(sides, random.chance(0.5) ? random.bytes(random.below(40)) : bytes.slice(16));
  value[2] = type;
  return { what: `a header of type ${type} and sides ${sides.slice(0, 4).join('x')}`, value };
};

export const hostileIdx = (seed: Uint8Array, random: Random): Mutated<Uint8Array> =>
  random.chance(0.4) ? hostileHeader(seed, random) : mutatedBytes(seed, random);

/** The shape and the data of a whole file, undefined for any other. */
export const referenceIdx = (bytes: Uint8Array): IdxArray | undefined => {
  const [zero, another, type, rank = 0] = bytes;
  const begins = zero === 0 && another === 0 && type === 8 && rank >= 1 && rank <= 8;
  const header = 4 + 4 * rank;
  if (!begins || bytes.length < header) return undefined;
  const buffer = Buffer.from(bytes);
  const shape = Array.from({ length: rank }, (_, axis) => buffer.readUInt32BE(4 + 4 * axis));
  const elements = shape.reduce((product, side) => product * BigInt(side), 1n);
  return elements === BigInt(bytes.length - header) ? { shape, data: bytes.slice(header) } : undefined;
};

export const sameIdx = (a: IdxArray, b: IdxArray): boolean =>
  a.shape.join() === b.shape.join() && Buffer.from(a.data).equals(Buffer.from(b.data));

/** How a value that was read compares to the file before and after the damage. */
export const judgeIdx = (value: unknown, seed: Uint8Array, damaged: Uint8Array): Judgement => {
  const read = value as IdxArray;
  const [original, now] = [referenceIdx(seed), referenceIdx(damaged)];
  if (original !== undefined && sameIdx(read, original)) return 'equal';
  if (now === undefined) return { wrong: 'a broken file was taken' };
  return sameIdx(read, now) ? 'other' : { wrong: 'read as something else than it says' };
};

export const idx: Format = {
  name: 'IDX',
  mostBytes: 2 ** 20,
  open: () =>
    Promise.resolve((random: Random): Attack => {
      const seed = random.pick(IDX_SEEDS);
      const { what, value: bytes } = hostileIdx(seed, random);
      return {
        what,
        read: () => parseIdx(bytes, 'images'),
        judge: (value) => judgeIdx(value, seed, bytes),
      };
    }),
};
