import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fashionMnist, mnist } from '@mapping-networks/datasets';
import { describe, expect, test } from 'vitest';
import { locateImageSet, readImageSet } from '../src/idx/files.ts';
import { cacheFolder } from '../src/idx/folders.ts';
import { encodeIdx, names, smallFiles, smallSet, temporaryFolder } from './idx-fixtures.ts';

const nowhere = { MAPPING_NETWORKS_CACHE: '/dev/null/none' };
const set = smallSet([], smallFiles());
const raw = (files: Record<string, Uint8Array>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name.replace('.gz', ''), gunzipSync(content)]),
  );

describe.each([mnist, fashionMnist])('$name from a folder', (plugin) => {
  test('carves validation out of the training file and leaves the test file whole', async () => {
    const folder = await temporaryFolder(smallFiles());
    const { info, train, validation, test: testing } = await plugin({ folder, validation: 10 }).impl.load();
    expect(info.name).toBe(plugin.name);
    const shown = [train, validation, testing].map((split) => {
      const { x, y } = split.batch(Int32Array.from({ length: split.size }, (_, i) => i));
      return [...y].map((label, i) => ({ label, pixel: Math.round(((x[784 * i] ?? 0) + 1) * 127.5) }));
    });
    const [trained = [], validated = [], tested = []] = shown;
    expect([trained.length, validated.length]).toEqual([20, 10]);
    const pixels = [...trained, ...validated].map(({ pixel }) => pixel).sort((a, b) => a - b);
    expect(pixels).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect([...trained, ...validated].every(({ label, pixel }) => label === pixel % 10)).toBe(true);
    expect(tested).toEqual(Array.from({ length: 12 }, (_, i) => ({ label: i % 10, pixel: 100 + i })));
  });

  test('takes fewer when asked, drawn by the seed', async () => {
    const folder = await temporaryFolder(raw(smallFiles()));
    const load = (seed: number) => plugin({ folder, train: 5, validation: 3, test: 4, seed }).impl.load();
    const [a, again, b] = await Promise.all([load(0), load(0), load(1)]);
    expect([a.train.size, a.validation.size, a.test.size]).toEqual([5, 3, 4]);
    expect(a.train.batch([0, 1, 2, 3, 4])).toEqual(again.train.batch([0, 1, 2, 3, 4]));
    expect(a.train.batch([0, 1, 2, 3, 4]).x).not.toEqual(b.train.batch([0, 1, 2, 3, 4]).x);
  });

  test.each([{ validation: 30 }, { train: 21, validation: 10 }, { validation: 1, test: 13 }])(
    'refuses %o of 30 + 12 examples',
    async (options) => {
      const folder = await temporaryFolder(smallFiles());
      await expect(plugin({ folder, ...options }).impl.load()).rejects.toMatchObject({
        code: 'DATASETS_TOO_FEW_EXAMPLES',
      });
    },
  );
});

describe('a folder is looked for', () => {
  test('first where the option says, then below MAPPING_NETWORKS_DATA, then in the cache', async () => {
    const numbered = (first: number) => ({
      ...smallFiles(),
      [names.testImages]: gzipSync(encodeIdx([12, 28, 28], new Uint8Array(12 * 784).fill(first))),
    });
    const within = (files: Record<string, Uint8Array>) =>
      Object.fromEntries(Object.entries(files).map(([name, content]) => [`small/${name}`, content]));
    const folder = await temporaryFolder(numbered(1));
    const MAPPING_NETWORKS_DATA = await temporaryFolder(within(numbered(2)));
    const MAPPING_NETWORKS_CACHE = await temporaryFolder(within(numbered(3)));
    const env = { MAPPING_NETWORKS_DATA, MAPPING_NETWORKS_CACHE };
    const first = async (...args: Parameters<typeof readImageSet>) =>
      (await readImageSet(...args)).test.inputs[0];
    expect(await first(set, { folder }, {}, env)).toBe(1);
    expect(await first(set, {}, {}, env)).toBe(2);
    expect(await first(set, {}, {}, { ...env, MAPPING_NETWORKS_DATA: folder })).toBe(3);
    expect(await first(set, {}, {}, { ...env, MAPPING_NETWORKS_DATA: '' })).toBe(3);
  });

  test('and told without reading it', async () => {
    const files = smallFiles();
    const folder = await temporaryFolder(raw(files));
    const located = await mnist({ folder }).impl.locate?.();
    expect(located).toMatchObject({ folder, source: 'option folder', downloads: false });
    expect(located?.files.map(({ name, present }) => [name, present])).toEqual(
      Object.values(names).map((name) => [name.replace('.gz', ''), true]),
    );
    const size = gunzipSync(files[names.trainLabels] ?? '').length;
    expect(located?.files[1]).toEqual({ name: 'train-labels-idx1-ubyte', bytes: size, present: true });
    const MAPPING_NETWORKS_CACHE = await temporaryFolder({ [`small/${names.testLabels}`]: Uint8Array.of(1) });
    expect(await locateImageSet(set, {}, { MAPPING_NETWORKS_CACHE })).toEqual({
      folder: join(MAPPING_NETWORKS_CACHE, 'small'),
      source: 'cache',
      files: Object.entries(files).map(([name, { length }]) =>
        name === names.testLabels
          ? { name, bytes: 1, present: true }
          : { name, bytes: length, present: false },
      ),
      downloads: true,
    });
    const MAPPING_NETWORKS_DATA = await temporaryFolder({ [`small/${names.testLabels}`]: Uint8Array.of(1) });
    expect(await locateImageSet(set, {}, { MAPPING_NETWORKS_DATA })).toMatchObject({
      folder: join(MAPPING_NETWORKS_DATA, 'small'),
      source: 'MAPPING_NETWORKS_DATA',
      downloads: false,
    });
  });

  test('for the cache by the custom of the platform', () => {
    const path = (env: Record<string, string>, platform: NodeJS.Platform) =>
      cacheFolder({ ...env }, platform);
    expect(path({ MAPPING_NETWORKS_CACHE: '/a', XDG_CACHE_HOME: '/b' }, 'linux')).toBe('/a');
    expect(path({ XDG_CACHE_HOME: '/b' }, 'darwin')).toBe(join('/b', 'mapping-networks'));
    expect(path({}, 'linux')).toMatch(/\.cache.mapping-networks$/);
    expect(path({}, 'darwin')).toMatch(/Library.Caches.mapping-networks$/);
    expect(path({ LOCALAPPDATA: '/c' }, 'win32')).toBe(join('/c', 'mapping-networks'));
    expect(path({}, 'win32')).toMatch(/AppData.Local.mapping-networks$/);
  });

  test('and nothing is read once the signal says so', async () => {
    const folder = await temporaryFolder(smallFiles());
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readImageSet(set, { folder }, { signal }, nowhere)).rejects.toThrow('enough');
  });
});

describe('a file that is not what it should be is named', () => {
  /** The error of reading the small set with one file changed, and the path of that file. */
  const failure = async (name: string, content: Uint8Array) => {
    const folder = await temporaryFolder({ ...smallFiles(), [name]: content });
    const error: unknown = await readImageSet(set, { folder }, {}, nowhere).catch((cause: unknown) => cause);
    return { error, path: join(folder, name) };
  };
  const gzipped = smallFiles()[names.trainImages] ?? new Uint8Array();
  const images = gunzipSync(gzipped);
  const labels = new Uint8Array(30);

  test.each<[string, string, Uint8Array]>([
    ['a web page', 'DATASETS_FOREIGN_FILE', new TextEncoder().encode('<html>')],
    ['a gzipped web page', 'DATASETS_FOREIGN_FILE', gzipSync('<html>')],
    ['cut off', 'DATASETS_TRUNCATED_FILE', images.subarray(0, 5_000)],
    ['cut off before it was gzipped', 'DATASETS_TRUNCATED_FILE', gzipSync(images.subarray(0, 5_000))],
    ['cut off after it was gzipped', 'DATASETS_CORRUPT_GZIP', gzipped.subarray(0, gzipped.length - 20)],
    ['only the start of a gzip file', 'DATASETS_CORRUPT_GZIP', gzipped.subarray(0, 3)],
    ['damaged', 'DATASETS_CORRUPT_GZIP', gzipped.map((byte, i) => (i > 20 ? 255 - byte : byte))],
    ['too long', 'DATASETS_TRAILING_BYTES', Uint8Array.of(...images, 0)],
    ['of other pictures', 'DATASETS_UNEXPECTED_SHAPE', encodeIdx([30, 32, 32], new Uint8Array(30 * 1024))],
    ['of labels', 'DATASETS_UNEXPECTED_SHAPE', encodeIdx([30], labels)],
    ['of no pictures', 'DATASETS_UNEXPECTED_SHAPE', encodeIdx([0, 28, 28], new Uint8Array())],
    ['a decompression bomb', 'DATASETS_OVERSIZED_FILE', gzipSync(new Uint8Array(80_000_000), { level: 1 })],
  ])('images: %s', async (_, code, content) => {
    const { error, path } = await failure(names.trainImages, content);
    expect(error).toMatchObject({ code, message: expect.stringContaining(path) });
  });

  test.each<[string, string, Uint8Array]>([
    ['one too few', 'DATASETS_UNEQUAL_COUNTS', encodeIdx([29], labels.subarray(1))],
    ['beyond the classes', 'DATASETS_LABEL_OUT_OF_RANGE', encodeIdx([30], labels.with(7, 10))],
    ['of pictures', 'DATASETS_UNEXPECTED_SHAPE', images],
    ['too many for any set', 'DATASETS_OVERSIZED_FILE', new Uint8Array(100_100)],
  ])('labels: %s', async (_, code, content) => {
    const { error, path } = await failure(names.trainLabels, content);
    expect(error).toMatchObject({ code, message: expect.stringContaining(path) });
  });

  test('a folder in the place of a file', async () => {
    const folder = await temporaryFolder(Object.fromEntries(Object.entries(smallFiles()).slice(1)));
    await mkdir(join(folder, names.trainImages));
    await expect(readImageSet(set, { folder }, {}, nowhere)).rejects.toMatchObject({
      code: 'DATASETS_UNREADABLE_FILE',
      message: expect.stringContaining(join(folder, names.trainImages)),
    });
  });

  test('files that are missing, in a folder of the user', async () => {
    const { [names.testLabels]: missing, ...rest } = smallFiles();
    const expected = { code: 'DATASETS_MISSING_FILES', message: expect.stringContaining(names.testLabels) };
    const folder = await temporaryFolder(rest);
    await expect(readImageSet(set, { folder }, {}, nowhere)).rejects.toMatchObject(expected);
    const MAPPING_NETWORKS_DATA = await temporaryFolder({
      [`small/${names.testLabels}`]: missing ?? new Uint8Array(),
    });
    await expect(readImageSet(set, {}, {}, { ...nowhere, MAPPING_NETWORKS_DATA })).rejects.toMatchObject({
      code: 'DATASETS_MISSING_FILES',
      message: expect.stringContaining(names.trainImages),
    });
  });
});
