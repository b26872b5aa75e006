import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readImageSet } from '../src/idx/files.ts';
import { names, smallFiles, smallSet, temporaryFolder } from './idx-fixtures.ts';
import { serve, serving, unreachableMirror } from './mirrors.ts';

const files = smallFiles();

test('what is missing is downloaded once, into the cache', async () => {
  const { url, asked } = await serve(serving(files));
  const MAPPING_NETWORKS_CACHE = await temporaryFolder();
  const lines: string[] = [];
  const load = () =>
    readImageSet(
      smallSet([url], files),
      {},
      { onProgress: (line) => lines.push(line) },
      { MAPPING_NETWORKS_CACHE },
    );
  const arrays = await load();
  expect(arrays.train.inputs.length).toBe(30 * 784);
  expect(asked.map(({ name }) => name).toSorted()).toEqual(Object.values(names).toSorted());
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain(url + names.trainImages);
  const folder = join(MAPPING_NETWORKS_CACHE, 'small');
  expect((await readdir(folder)).toSorted()).toEqual(Object.values(names).toSorted());
  expect(new Uint8Array(await readFile(join(folder, names.testLabels)))).toEqual(
    new Uint8Array(files[names.testLabels] ?? []),
  );
  expect(await load()).toEqual(arrays);
  expect(asked).toHaveLength(4);
});

test('only what is missing is downloaded', async () => {
  const { url, asked } = await serve(serving(files));
  const MAPPING_NETWORKS_CACHE = await temporaryFolder({
    [`small/${names.trainImages}`]: files[names.trainImages] ?? new Uint8Array(),
  });
  await readImageSet(smallSet([url], files), {}, {}, { MAPPING_NETWORKS_CACHE });
  expect(asked.map(({ name }) => name)).toEqual([names.trainLabels, names.testImages, names.testLabels]);
});

test('a mirror that fails is passed over', async () => {
  const wrong = await serve(
    serving({ ...files, [names.trainImages]: files[names.testImages] ?? new Uint8Array() }),
  );
  const broken = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const missing = await serve(serving({}));
  const endless = await serve((_, response) => {
    response.writeHead(200);
    response.end(new Uint8Array(1_000_000));
  });
  const good = await serve(serving(files));
  const mirrors = [await unreachableMirror(), wrong.url, broken.url, missing.url, endless.url, good.url];
  const MAPPING_NETWORKS_CACHE = await temporaryFolder();
  const { train } = await readImageSet(smallSet(mirrors, files), {}, {}, { MAPPING_NETWORKS_CACHE });
  expect(train.labels.length).toBe(30);
  expect(good.asked.map(({ name }) => name)).toEqual([names.trainImages]);
  expect((await readdir(join(MAPPING_NETWORKS_CACHE, 'small'))).toSorted()).toEqual(
    Object.values(names).toSorted(),
  );
});

test('when no mirror gives the right bytes the error says what to fetch and where to put it', async () => {
  const wrong = await serve((_, response) => response.end('something else'));
  const MAPPING_NETWORKS_CACHE = await temporaryFolder();
  const unreachable = await unreachableMirror();
  const set = smallSet([unreachable, wrong.url], files);
  const failure: unknown = await readImageSet(set, {}, {}, { MAPPING_NETWORKS_CACHE }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: 'DATASETS_DOWNLOAD_FAILED' });
  const { message } = failure as Error;
  for (const part of [
    unreachable + names.trainImages,
    'ECONNREFUSED',
    wrong.url + names.trainImages,
    set.files.trainImages.sha256,
    join(MAPPING_NETWORKS_CACHE, 'small', names.trainImages),
  ]) {
    expect(message).toContain(part);
  }
  expect(await readdir(join(MAPPING_NETWORKS_CACHE, 'small'))).toEqual([]);
});

test('a signal stops a download, and nothing half done is taken for a file', async () => {
  const controller = new AbortController();
  const hanging = await serve((_, response) => {
    response.writeHead(200).write('x');
    setTimeout(() => controller.abort(new Error('enough')), 20);
  });
  const never = await serve(serving(files));
  const MAPPING_NETWORKS_CACHE = await temporaryFolder();
  const set = smallSet([hanging.url, never.url], files);
  const loading = readImageSet(set, {}, { signal: controller.signal }, { MAPPING_NETWORKS_CACHE });
  await expect(loading).rejects.toThrow('enough');
  expect(never.asked).toEqual([]);
  expect(await readdir(join(MAPPING_NETWORKS_CACHE, 'small'))).toEqual([`${names.trainImages}.part`]);
});

test('a cache folder that cannot be made is named', async () => {
  const MAPPING_NETWORKS_CACHE = join(await temporaryFolder({ file: Uint8Array.of(1) }), 'file');
  const loading = readImageSet(smallSet([], files), {}, {}, { MAPPING_NETWORKS_CACHE });
  await expect(loading).rejects.toMatchObject({
    code: 'DATASETS_UNWRITABLE_FOLDER',
    message: expect.stringContaining('MAPPING_NETWORKS_CACHE'),
  });
});

test('a file in the cache that is damaged is named', async () => {
  const { url } = await serve(serving(files));
  const MAPPING_NETWORKS_CACHE = await temporaryFolder();
  const load = () => readImageSet(smallSet([url], files), {}, {}, { MAPPING_NETWORKS_CACHE });
  await load();
  const path = join(MAPPING_NETWORKS_CACHE, 'small', names.trainLabels);
  await writeFile(path, 'damaged');
  await expect(load()).rejects.toMatchObject({
    code: 'DATASETS_FOREIGN_FILE',
    message: expect.stringContaining(path),
  });
});
