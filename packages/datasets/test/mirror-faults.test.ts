// Everything that a mirror or a disk can do wrong, and what is never kept of it.
import { open, readdir, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { download } from '../src/idx/download.ts';
import {
  content,
  deadPart,
  failed,
  failure,
  fetched,
  files,
  info,
  name,
  official,
  quick,
} from './download-fixtures.ts';
import { temporaryFolder } from './idx-fixtures.ts';
import { inTurn, resumable, serve, serving } from './mirrors.ts';

test.each([500, 502, 503, 504, 429, 408])('status %i is tried again', async (status) => {
  const { url, asked } = await serve(
    inTurn((_, response) => response.writeHead(status).end('sorry'), resumable(files)),
  );
  expect(await fetched(await temporaryFolder(), [url])).toBe(official.sha256);
  expect(asked).toHaveLength(2);
});

test.each([401, 403, 404, 410, 204, 304])('status %i is final', async (status) => {
  const { url, asked } = await serve((_, response) => response.writeHead(status).end());
  const error = await failure(fetched(await temporaryFolder(), [url]));
  expect(error).toMatchObject(failed(`HTTP status ${status}`));
  expect(asked).toHaveLength(1);
});

describe('what is never kept:', () => {
  test.each<[string, RequestListener, string]>([
    [
      'other bytes of the right size',
      serving({ [name]: new Uint8Array(content.length) }),
      'sends other bytes',
    ],
    [
      'a file of another size',
      serving({ [name]: content.subarray(1) }),
      'has 199999 bytes, the official file 200000',
    ],
    [
      'more bytes than there should be',
      (_, response) => response.write(Buffer.concat([content, content])),
      'sends more',
    ],
    [
      'an unpacked file',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(content),
      'in the encoding gzip',
    ],
    [
      'a page of another length than none',
      (_, response) => response.write('<html>') && response.end(),
      'ends after 6',
    ],
  ])('%s', async (_, listener, words) => {
    const { url } = await serve(listener);
    const folder = await temporaryFolder();
    expect(await failure(fetched(folder, [url]))).toMatchObject(failed(words));
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('redirects', () => {
  const to =
    (location: string, status = 302): RequestListener =>
    (_, response) =>
      response.writeHead(status, { location }).end('moved');

  test('are followed, relative ones too, and the range goes along', async () => {
    const mirror = await serve(resumable(files));
    const { url } = await serve((request, response) =>
      request.url === '/next'
        ? to(mirror.url + name, 307)(request, response)
        : to('/next', 301)(request, response),
    );
    const folder = await temporaryFolder({ [deadPart]: content.subarray(0, 10) });
    expect(await fetched(folder, [url])).toBe(official.sha256);
    expect(mirror.asked[0]?.headers.range).toBe('bytes=10-');
  });

  test.each([
    ['in a circle', '/again', 'redirects more than 5 times'],
    ['to a file', 'file:///etc/passwd', 'redirects to file:, which is not http'],
    ['to data', 'data:text/plain,hello', 'redirects to data:'],
    ['to nowhere', 'http://:::', 'HTTP status 302 without a place to go to'],
  ])('%s are refused', async (_, location, words) => {
    const { url, asked } = await serve(to(location));
    expect(await failure(fetched(await temporaryFolder(), [url]))).toMatchObject(failed(words));
    expect(asked.length).toBeLessThanOrEqual(6);
  });
});

describe('a disk that refuses', () => {
  test('is named with the file, and what arrived is not taken for whole', async () => {
    const { url } = await serve(resumable(files));
    // A name that leaves no room for the end of a part's name: the system refuses to make it.
    const long = { ...official, name: 'x'.repeat(250) };
    const folder = await temporaryFolder();
    const error = await failure(download({ info, mirrors: [url] }, long, folder, {}, {}, quick));
    expect(error).toMatchObject({
      code: 'DATASETS_UNSTORABLE',
      message: expect.stringContaining(join(folder, long.name)) as string,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('in the middle ends the download without asking other mirrors', async () => {
    const probe = await open(join(await temporaryFolder(), 'probe'), 'w');
    const prototype = Object.getPrototypeOf(probe) as { write: (...values: unknown[]) => Promise<unknown> };
    await probe.close();
    const { write } = prototype;
    let calls = 0;
    prototype.write = function (this: unknown, ...values) {
      const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      return calls++ > 0 ? Promise.reject(full) : write.apply(this, [values[0], values[1], 100, values[3]]);
    };
    const [first, second] = [await serve(resumable(files)), await serve(resumable(files))];
    const folder = await temporaryFolder();
    try {
      expect(await failure(fetched(folder, [first.url, second.url]))).toMatchObject({
        code: 'DATASETS_UNSTORABLE',
        message: expect.stringMatching(/no space left on device.*MAPPING_NETWORKS_CACHE/) as string,
      });
    } finally {
      prototype.write = write;
    }
    expect(second.asked).toEqual([]);
    expect(await readdir(folder)).toEqual([`${name}.part`]);
    expect(await fetched(folder, [second.url])).toBe(official.sha256);
    expect(second.asked[0]?.headers.range).toBe('bytes=100-');
  });
});

test('a finished file in the place where this one belongs is replaced whole', async () => {
  const { url } = await serve(resumable(files));
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), 'old');
  expect(await fetched(folder, [url])).toBe(official.sha256);
});
