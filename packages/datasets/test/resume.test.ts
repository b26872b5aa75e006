// Downloads that are interrupted: what stays, what is asked for next.
import { lstat, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  content,
  deadPart,
  failed,
  failure,
  fetched,
  files,
  host,
  name,
  official,
  quick,
} from './download-fixtures.ts';
import { temporaryFolder } from './idx-fixtures.ts';
import { answer, cutting, inTurn, resumable, serve, serving } from './mirrors.ts';

describe('a connection that is cut', () => {
  test('is taken up where it ended, of the same version, until the file is whole', async () => {
    const { url, asked } = await serve(cutting(files, 70_000));
    const folder = await temporaryFolder();
    expect(await fetched(folder, [url])).toBe(official.sha256);
    expect(asked.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
      [undefined, undefined],
      ['bytes=70000-', '"one"'],
      ['bytes=140000-', '"one"'],
    ]);
    expect(await readdir(folder)).toEqual([name]);
  });

  test('counts little where enough came before it', async () => {
    const { url } = await serve(cutting(files, 70_000));
    const limits = { ...quick, attempts: 2 };
    expect(await fetched(await temporaryFolder(), [url], { limits })).toBe(official.sha256);
    const meagre = await serve(cutting(files, 60_000));
    const error = await failure(fetched(await temporaryFolder(), [meagre.url], { limits }));
    expect(error).toMatchObject(failed('(2 times in a row)'));
  });

  test('leaves its part to the next mirror, without the ETag of the other', async () => {
    const first = await serve(inTurn(cutting(files, 50_000), (_, response) => response.writeHead(404).end()));
    const second = await serve(resumable(files));
    const folder = await temporaryFolder();
    expect(await fetched(folder, [first.url, second.url])).toBe(official.sha256);
    expect(second.asked.map(({ headers }) => headers)).toMatchObject([{ range: 'bytes=50000-' }]);
    expect(second.asked[0]?.headers['if-range']).toBeUndefined();
  });

  test('leaves its part to the next download', async () => {
    const broken = await serve(cutting(files, 500));
    const folder = await temporaryFolder();
    const error = await failure(fetched(folder, [broken.url]));
    expect(error).toMatchObject(failed('(3 times in a row)'));
    expect(await readdir(folder)).toEqual([`${name}.part`]);
    expect((await readFile(join(folder, `${name}.part`))).equals(content.subarray(0, 1_500))).toBe(true);
    const { url, asked } = await serve(resumable(files));
    const lines: string[] = [];
    expect(await fetched(folder, [url], { onProgress: (line) => lines.push(line) })).toBe(official.sha256);
    expect(asked[0]?.headers.range).toBe('bytes=1500-');
    expect(lines[0]).toContain('are there already');
    expect(await readdir(folder)).toEqual([name]);
  });

  test('never goes on in a link that lies where its part would', async () => {
    const folder = await temporaryFolder();
    const target = join(await temporaryFolder(), 'mine');
    await writeFile(target, 'mine');
    await symlink(target, join(folder, `${name}.part`));
    const { url } = await serve(resumable(files));
    expect(await fetched(folder, [url])).toBe(official.sha256);
    expect((await lstat(join(folder, name))).isFile()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('mine');
  });

  test('is tried a bounded number of times, and no more', async () => {
    const { url, asked } = await serve((request) => request.socket.destroy());
    const folder = await temporaryFolder();
    expect(await failure(fetched(folder, [url]))).toMatchObject(failed(url));
    expect(asked).toHaveLength(3);
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a silent connection is given up and taken up again', async () => {
  const silent: RequestListener = (request, response) => {
    response.write(answer(request, response, content).subarray(0, 100_000));
  };
  const { url, asked } = await serve(inTurn(silent, resumable(files)));
  const limits = { ...quick, stallMs: 150 };
  expect(await fetched(await temporaryFolder(), [url], { limits })).toBe(official.sha256);
  expect(asked[1]?.headers.range).toBe('bytes=100000-');
  const mute = await serve(() => {});
  const error = await failure(fetched(await temporaryFolder(), [mute.url], { limits }));
  expect(error).toMatchObject(failed('no byte for 0.15 s (3 times in a row)'));
});

test('a signal ends a download at once, wherever it is, and its part stays', async () => {
  const controller = new AbortController();
  const slow = await serve((request, response) => {
    response.write(answer(request, response, content).subarray(0, 1_000));
    setTimeout(() => controller.abort(new Error('enough')), 50);
  });
  const folder = await temporaryFolder();
  await expect(fetched(folder, [slow.url], { signal: controller.signal })).rejects.toThrow('enough');
  expect((await stat(join(folder, `${name}.part`))).size).toBe(1_000);
  // While it waits before the next try:
  const again = new AbortController();
  const broken = await serve((_, response) => {
    response.writeHead(503).end();
    setTimeout(() => again.abort(new Error('enough')), 50);
  });
  const limits = { ...quick, pauseMs: 1_000_000 };
  await expect(fetched(folder, [broken.url], { signal: again.signal, limits })).rejects.toThrow('enough');
  expect((await stat(join(folder, `${name}.part`))).size).toBe(1_000);
});

describe('a part that is there', () => {
  const prepared = async (parts: Readonly<Record<string, Uint8Array>>, listener = resumable(files)) => {
    const folder = await temporaryFolder(parts);
    const { url, asked } = await serve(listener);
    return { folder, asked, load: () => fetched(folder, [url]) };
  };

  test('of a process that was killed is taken up', async () => {
    const { folder, asked, load } = await prepared({ [deadPart]: content.subarray(0, 123_456) });
    expect(await load()).toBe(official.sha256);
    expect(asked[0]?.headers.range).toBe('bytes=123456-');
    expect(await readdir(folder)).toEqual([name]);
  });

  test('is chosen for its length, and the others are removed in the end', async () => {
    const { folder, asked, load } = await prepared({
      [`${name}.part`]: content.subarray(0, 10),
      [deadPart]: content.subarray(0, 20),
      [deadPart.replace('00000000.', '00000001.')]: content.subarray(0, 15),
      'other.gz.part': content,
    });
    expect(await load()).toBe(official.sha256);
    expect(asked[0]?.headers.range).toBe('bytes=20-');
    expect(await readdir(folder)).toEqual([name, 'other.gz.part']);
  });

  test('of a living process is copied and left alone', async () => {
    const living = `${name}.${host}-${process.ppid}-00000000.part`;
    const { folder, asked, load } = await prepared({ [living]: content.subarray(0, 1_000) });
    expect(await load()).toBe(official.sha256);
    expect(asked[0]?.headers.range).toBe('bytes=1000-');
    expect((await readdir(folder)).toSorted()).toEqual([name, living]);
  });

  test('of another host stays while it may be written, and goes when it was silent', async () => {
    const [fresh, old] = [`${name}.elsewhere-1-00000000.part`, `${name}.elsewhere-2-00000000.part`];
    const { folder, load } = await prepared({
      [fresh]: content.subarray(0, 5),
      [old]: content.subarray(0, 9),
    });
    await utimes(join(folder, old), 1, 1);
    expect(await load()).toBe(official.sha256);
    expect((await readdir(folder)).toSorted()).toEqual([name, fresh]);
  });

  test('that is whole needs no request', async () => {
    const { asked, load } = await prepared({ [deadPart]: content });
    expect(await load()).toBe(official.sha256);
    expect(asked).toEqual([]);
  });

  test('that grew beyond the file is dropped', async () => {
    const { folder, asked, load } = await prepared({ [deadPart]: Uint8Array.of(...content, 0) });
    expect(await load()).toBe(official.sha256);
    expect(asked[0]?.headers.range).toBeUndefined();
    expect(await readdir(folder)).toEqual([name]);
  });

  test.each([1_000, content.length])(
    'with %i wrong bytes is found out, and all is fetched anew',
    async (bytes) => {
      const { folder, asked, load } = await prepared({ [deadPart]: new Uint8Array(bytes) });
      expect(await load()).toBe(official.sha256);
      expect(asked.at(-1)?.headers.range).toBeUndefined();
      expect(await readdir(folder)).toEqual([name]);
    },
  );

  test.each([
    ['wrong', new Uint8Array(content.length)],
    ['too long', Uint8Array.of(...content, 0)],
  ])('that is %s is gone although nothing comes after it', async (_, part) => {
    const { folder, load } = await prepared({ [deadPart]: part }, (_request, response) => {
      response.writeHead(404).end();
    });
    expect(await failure(load())).toMatchObject(failed('HTTP status 404'));
    expect(await readdir(folder)).toEqual([]);
  });

  test('is dropped when the server ignores the range and sends everything', async () => {
    const { asked, load } = await prepared({ [deadPart]: new Uint8Array(1_000) }, serving(files));
    expect(await load()).toBe(official.sha256);
    expect(asked).toHaveLength(1);
  });

  test('is dropped when the server has nothing after it', async () => {
    const { asked, load } = await prepared(
      { [deadPart]: content.subarray(0, 1_000) },
      inTurn((_, response) => response.writeHead(416).end(), resumable(files)),
    );
    expect(await load()).toBe(official.sha256);
    expect(asked[1]?.headers.range).toBeUndefined();
  });

  test.each([
    ['416 of another size', 416, { 'content-range': 'bytes */5' }, 'has 5 bytes, the official file 200000'],
    ['a range of another size', 206, { 'content-range': 'bytes 1000-1999/2000' }, 'has 2000 bytes'],
    [
      'a range from elsewhere',
      206,
      { 'content-range': 'bytes 0-199999/200000' },
      "range 'bytes 0-199999/200000'",
    ],
    ['a range past the end', 206, { 'content-range': 'bytes 1000-200000/*' }, "range 'bytes 1000-200000/*'"],
    ['a range that says nothing', 206, {}, "the range 'none', where bytes 1000-199999 were asked for"],
    ['several ranges', 206, { 'content-type': 'multipart/byteranges; boundary=x' }, "range 'none'"],
  ])('is kept when the mirror answers %s, which is refused', async (_, status, headers, words) => {
    const part = content.subarray(0, 1_000);
    const { folder, load } = await prepared({ [deadPart]: part }, (_request, response) => {
      response.writeHead(status, headers).end(new Uint8Array(1_000));
    });
    expect(await failure(load())).toMatchObject(failed(words));
    expect(new Uint8Array(await readFile(join(folder, `${name}.part`)))).toEqual(part);
  });

  test('is fetched anew by a server whose version changed', async () => {
    const other = content.map((byte) => 255 - byte);
    const { url, asked } = await serve(
      inTurn(
        (request, response) => {
          response.write(answer(request, response, other, '"old"').subarray(0, 1_000));
          setTimeout(() => response.destroy(), 20);
        },
        (request, response) => response.end(answer(request, response, content, '"new"')),
      ),
    );
    expect(await fetched(await temporaryFolder(), [url])).toBe(official.sha256);
    expect(asked[1]?.headers).toMatchObject({ range: 'bytes=1000-', 'if-range': '"old"' });
    expect(asked).toHaveLength(2);
  });
});

test('two downloads at once do not spoil each other', async () => {
  const { url } = await serve(cutting(files, 30_000));
  const folder = await temporaryFolder({ [`${name}.part`]: content.subarray(0, 777) });
  const limits = { ...quick, attempts: 20 };
  const all = await Promise.all(Array.from({ length: 5 }, () => fetched(folder, [url], { limits })));
  for (const bytes of all) expect(bytes).toBe(official.sha256);
  expect((await readdir(folder)).filter((each) => !each.endsWith('.part'))).toEqual([name]);
});
