// Durability of whole files: each is synced before it is renamed, and the folder that holds the names after it.
import { atomicWrite, atomicWriteAll } from '@mapping-networks/core/node';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'core-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true, force: true });
});

/** What stood in the folder at each sync during `work`: temporary files as `tmp`. */
const syncs = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const handle = await fs.open('.', 'r');
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  const { sync } = prototype;
  await handle.close();
  const seen: string[] = [];
  vi.spyOn(prototype, 'sync').mockImplementation(async function (this: typeof handle) {
    const names = await fs.readdir(folder);
    seen.push(
      names
        .map((name) => (name.endsWith('.tmp') ? 'tmp' : name))
        .toSorted()
        .join(' '),
    );
    await sync.call(this);
  });
  await work();
  return seen;
};

it.runIf(process.platform !== 'win32')(
  'syncs a file before its name is there, and the name after',
  async () => {
    expect(await syncs(() => atomicWrite(join(folder, 'a'), 'one'))).toEqual(['tmp', 'a']);
  },
);

it.runIf(process.platform !== 'win32')('gives several files their names when all are synced', async () => {
  const files = { a: 'one', b: 'two' };
  expect(await syncs(() => atomicWriteAll(folder, files))).toEqual(['tmp', 'tmp tmp', 'a b']);
});
