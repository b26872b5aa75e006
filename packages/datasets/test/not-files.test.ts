// In the place of an IDX file: pipes, devices, folders. Reading ends, with an error that names the path.
import { readIdxFile } from '../src/idx/read-file.ts';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapping-networks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const makers: readonly [string, (path: string) => unknown, string][] = [
  ['a folder', (path) => mkdir(path), 'DATASETS_UNREADABLE_FILE'],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'DATASETS_UNREADABLE_FILE'],
  ['an endless device', (path) => symlink('/dev/zero', path), 'DATASETS_UNREADABLE_FILE'],
  ['nothing', () => {}, 'DATASETS_UNREADABLE_FILE'],
  [
    'a file of 8 TB',
    (path) => writeFile(path, '').then(() => truncate(path, 2 ** 43)),
    'DATASETS_OVERSIZED_FILE',
  ],
];

test.skipIf(process.platform === 'win32').each(makers)('%s', async (name, make, code) => {
  const path = join(folder, name);
  await make(path);
  await expect(readIdxFile(path, 1_000)).rejects.toMatchObject({ code });
  await expect(readIdxFile(path, 1_000)).rejects.toThrow(path);
});
