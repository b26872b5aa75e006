// Gzipped IDX on disk, as datasets read it, up to a limit of decompressed bytes: bombs, lies about sizes, several
// members, and whatever is no file at all. Gzip has a checksum, so that damage gives the same array or none.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readIdxFile } from '../../../packages/datasets/src/idx/read-file.ts';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { HOSTILE_INTEGERS } from '../mutations/numbers.ts';
import { REFUSE, type Attack, type Format } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { IDX_SEEDS, judgeIdx, hostileIdx } from './idx.ts';
import { replaceByNoFile } from './not-files.ts';

/** Decompressed bytes that the reader allows here: a little more than the largest seed. */
const LIMIT = 100_000;

const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** 1,000 to 1 and more; made once. */
const bombs = (): Readonly<Record<string, Uint8Array>> => {
  const zeros = gzipSync(new Uint8Array(30_000_000), { level: 9 });
  const images = gzipSync(
    concat(Uint8Array.of(0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 4, 0), new Uint8Array(30_000_000)),
  );
  return {
    'a bomb of zeros': zeros,
    'a bomb that begins like images': images,
    'a bomb in a bomb': gzipSync(zeros, { level: 9 }),
    'a bomb of a hundred members': concat(
      ...Array.from({ length: 100 }, () => gzipSync(new Uint8Array(1_000_000))),
    ),
  };
};

const lyingAboutSize = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(Number(random.pick(HOSTILE_INTEGERS) & 0xffff_ffffn), copy.length - 4);
  return new Uint8Array(copy);
};

/** Bytes of gzip, and the IDX that is in them. */
const hostileGzip = (
  seed: Uint8Array,
  random: Random,
): Mutated<Uint8Array> & { readonly inside: Uint8Array } => {
  const whole = gzipSync(seed, { level: random.pick([0, 1, 9]) });
  const half = random.below(seed.length + 1);
  const inside = hostileIdx(seed, random);
  return random.pick([
    () => ({ ...mutatedBytes(whole, random), inside: seed }),
    () => ({ ...mutatedBytes(whole, random), inside: seed }),
    () => ({ what: `${inside.what}, gzipped anew`, value: gzipSync(inside.value), inside: inside.value }),
    () => ({ what: 'a lie about the size', value: lyingAboutSize(whole, random), inside: seed }),
    () => ({
      what: 'two members',
      value: concat(gzipSync(seed.subarray(0, half)), gzipSync(seed.subarray(half))),
      inside: seed,
    }),
    () => ({ what: 'a second member', value: concat(whole, whole), inside: concat(seed, seed) }),
    () => ({ what: 'gzipped twice', value: gzipSync(whole), inside: whole }),
  ])();
};

export const gzip: Format = {
  name: 'gzip of IDX',
  mostBytes: 2 ** 20,
  open: (folder) => {
    const path = join(folder, 'images.gz');
    const made = bombs();
    return Promise.resolve(async (random: Random): Promise<Attack> => {
      const read = () => readIdxFile(path, LIMIT);
      if (random.chance(0.1)) return { what: await replaceByNoFile(path, random), read, judge: REFUSE };
      await rm(path, { recursive: true, force: true });
      if (random.chance(0.03)) {
        const what = random.pick(Object.keys(made));
        await writeFile(path, made[what] ?? '');
        return { what, read, judge: REFUSE };
      }
      const seed = random.pick(IDX_SEEDS);
      const { what, value, inside } = hostileGzip(seed, random);
      await writeFile(path, value);
      return { what, read, judge: (array) => judgeIdx(array, seed, inside) };
    });
  },
};
