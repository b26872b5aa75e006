// Pictures from files that lie: about their sizes, their checksums, what they inflate to, and being files.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asInputs } from '../src/pictures/as-inputs.ts';
import { readPictures } from '../src/pictures/read-pictures.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapnet-pictures-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (bytes: Uint8Array): ReturnType<typeof readPictures> => {
  await writeFile(join(folder, 'picture'), bytes);
  return readPictures(folder, 'picture', 3);
};

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const part = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([word(data.length), body, word(crc32(body))]);
};

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

const header = (width: number, height: number, interlace = 0): Buffer =>
  part('IHDR', Buffer.concat([word(width), word(height), Buffer.of(8, 2, 0, 0, interlace)]));

const data = (bytes: Uint8Array): Buffer => part('IDAT', deflateSync(bytes));

const end = part('IEND', new Uint8Array(0));

const png = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat([signature, ...parts]);

/** Rows of red, green, blue, each after its filter byte. */
const rows = (width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: height * (3 * width + 1) }, (_, i) => (i % (3 * width + 1) === 0 ? 0 : i % 251));

describe('a PNG', () => {
  it('comes back, as an encoder of its own writes it, and by hand', async () => {
    const picture = new PNG({ width: 5, height: 4 });
    picture.data.forEach((_, i) => (picture.data[i] = i % 4 === 3 ? 255 : i));
    const [first] = await read(PNG.sync.write(picture));
    expect(first).toMatchObject({ width: 5, height: 4, channels: 3 });
    expect([...(first?.pixels.subarray(0, 6) ?? [])]).toEqual([0, 1, 2, 4, 5, 6]);
    const [second] = await read(png(header(3, 2), data(rows(3, 2)), end));
    expect([...(second?.pixels.subarray(0, 3) ?? [])]).toEqual([1, 2, 3]);
  });

  it('comes back interlaced, whatever its sides', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 2],
      [8, 8],
      [9, 5],
    ] as const) {
      const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const; // prettier-ignore
      const bytes = passes.flatMap(([x, y, dx, dy]) => {
        const [wide, high] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
        return wide <= 0 || high <= 0
          ? []
          : Array.from({ length: high }, () => [0, ...Array<number>(3 * wide).fill(9)]).flat();
      });
      const [picture] = await read(png(header(width, height, 1), data(Uint8Array.from(bytes)), end));
      expect(picture?.pixels).toEqual(new Uint8Array(3 * width * height).fill(9));
    }
  });

  const bomb = data(new Uint8Array(20_000_000));
  it.each([
    [
      'that claims gigabytes',
      png(header(2 ** 31 - 1, 2 ** 31 - 1), data(rows(1, 1)), end),
      /more than 4194304/,
    ],
    ['without pixels', png(header(0, 4), data(rows(1, 1)), end), /no pixels/],
    [
      'with a second, larger header',
      png(header(1, 1), header(60_000, 60_000), data(rows(1, 1)), end),
      /one header/,
    ],
    ['that inflates to more', png(header(2, 2), bomb, end), /inflated/],
    ['that inflates to more, interlaced', png(header(2, 2, 1), bomb, end), /inflated/],
    ['that inflates to less', png(header(9, 9), data(rows(2, 2)), end), /have 14 bytes, expected 252/],
    ['with a wrong checksum', png(header(1, 1), data(rows(1, 1)), end).fill(0, 30, 31), /checksum/],
    [
      'with a wrong checksum of a part that nobody knows',
      png(header(1, 1), part('quRk', Buffer.of(1)).fill(7, 8, 9), data(rows(1, 1)), end),
      /checksum/,
    ],
    ['that is cut off', png(header(1, 1), data(rows(1, 1))), /no end/],
    ['with something after its end', png(header(1, 1), data(rows(1, 1)), end, Buffer.of(1, 2)), /cut off/],
    ['with a part of 4 GB', png(header(1, 1), word(2 ** 32 - 1), Buffer.from('IDATxxxx')), /cut off/],
    [
      'of an unknown kind',
      png(part('IHDR', Buffer.concat([word(1), word(1), Buffer.of(8, 5, 0, 0, 0)])), end),
      /no known kind/,
    ],
    [
      'sent as text',
      Buffer.from(png(header(1, 1), data(rows(1, 1)), end)).fill(0x0a, 4, 5),
      /transfer as text/,
    ],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'CLI_NOT_A_PNG' });
  });
});

describe('gzipped pictures', () => {
  const idx = (count: number, pixels: number): Buffer =>
    Buffer.concat([Buffer.of(0, 0, 8, 3), word(count), word(2), word(2), new Uint8Array(pixels)]);

  it('are read, whatever name stands in the gzip header', async () => {
    const whole = gzipSync(idx(5, 20));
    const named = Buffer.concat([
      whole.subarray(0, 3),
      Buffer.of(8),
      whole.subarray(4, 10),
      Buffer.from(`${'n'.repeat(200)}\0`),
      whole.subarray(10),
    ]);
    expect(await read(named)).toHaveLength(3);
  });

  it.each([
    ['a bomb of zeros', gzipSync(new Uint8Array(50_000_000)), 'DATASETS_FOREIGN_FILE'],
    ['a bomb that begins like pictures', gzipSync(idx(1, 50_000_000)), 'CLI_FILE_UNREADABLE'],
    ['one pixel too many', gzipSync(idx(1, 5)), 'DATASETS_TRAILING_BYTES'],
    ['one too few', gzipSync(idx(1, 3)), 'DATASETS_TRUNCATED_FILE'],
    ['2^32 - 1 pictures', gzipSync(idx(2 ** 32 - 1, 3)), 'DATASETS_TRUNCATED_FILE'],
    ['a cut off file', gzipSync(idx(5, 20)).subarray(0, -9), 'CLI_FILE_UNREADABLE'],
  ])('%s is refused', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });
});

describe('what is no file', () => {
  it.skipIf(process.platform === 'win32')('is refused without waiting for it', async () => {
    await mkdir(join(folder, 'folder'));
    await symlink('/dev/zero', join(folder, 'device'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const name of ['folder', 'device', 'pipe'])
      await expect(readPictures(folder, name, 1)).rejects.toMatchObject({ code: 'CLI_FILE_UNREADABLE' });
    await expect(readPictures(folder, 'nothing', 1)).rejects.toMatchObject({ code: 'CLI_FILE_NOT_FOUND' });
  });
});

it('inputs of any size that a bundle claims are compared before they are made', () => {
  const picture = { name: 'a.png', width: 2, height: 2, channels: 1, pixels: new Uint8Array(4) } as const;
  const claimed = { inputShape: [1e6, 1e6, 3], normalization: { scale: 255, mean: 0, std: 1 } };
  expect(() => asInputs([picture], claimed, false)).toThrow(
    expect.objectContaining({ code: 'CLI_WRONG_PICTURE_SIZE' }),
  );
});
