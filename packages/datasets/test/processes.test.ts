// Downloads as real processes: killed without warning, and several at once.
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OfficialFile } from '../src/idx/image-set.ts';
import { temporaryFolder } from './idx-fixtures.ts';
import { answer, rangeStart, serve } from './mirrors.ts';
import { downloading } from './processes.ts';

const content = new Uint8Array(randomBytes(400_000));
const file: OfficialFile = {
  name: 'file.gz',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};
const whole = async (folder: string): Promise<boolean> =>
  (await readFile(join(folder, file.name))).equals(content);

test('a process killed at any moment leaves what the next one takes up', async () => {
  const folder = await temporaryFolder();
  const kills = 3;
  let kill = (): void => {};
  // Each time another 100,000 bytes, then silence until the process is killed.
  const { url, asked } = await serve((request, response) => {
    const rest = answer(request, response, content);
    if (asked.length > kills) response.end(rest);
    else response.write(rest.subarray(0, 100_000), () => setTimeout(kill, 100));
  });
  for (let i = 0; i < kills; i++) {
    const { child, printed } = downloading(folder, url, file);
    kill = () => void child.kill('SIGKILL');
    expect(await printed).not.toContain('done');
    expect(await readdir(folder)).not.toContain(file.name);
  }
  expect(await downloading(folder, url, file).printed).toContain('done');
  const starts = asked.map(({ headers }) => headers.range ?? 'none');
  expect(starts).toEqual(['none', 'bytes=100000-', 'bytes=200000-', 'bytes=300000-']);
  expect(await whole(folder)).toBe(true);
  expect(await readdir(folder)).toEqual([file.name]);
});

test('several processes at once all succeed, and leave one file', async () => {
  const folder = await temporaryFolder();
  const { url } = await serve((request, response) => {
    const rest = answer(request, response, content);
    // Cut after a part, so that parts of all of them lie about.
    if (rangeStart(request) > 200_000) response.end(rest);
    else response.write(rest.subarray(0, 150_000), () => setTimeout(() => response.destroy(), 10));
  });
  const all = await Promise.all([1, 2, 3].map(() => downloading(folder, url, file).printed));
  for (const printed of all) expect(printed).toContain('done');
  expect(await whole(folder)).toBe(true);
  expect((await stat(join(folder, file.name))).size).toBe(content.length);
  expect((await readdir(folder)).filter((name) => !name.endsWith('.part'))).toEqual([file.name]);
});
