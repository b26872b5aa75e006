// A folder that is made is durable with every folder that was made above it.
import { makeFolder } from '@mapping-networks/core/node';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';

let base = '';
afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(base, { recursive: true, force: true });
});

/** How often a file or a folder was synced during `work`. */
const syncs = async (work: () => Promise<unknown>): Promise<number> => {
  const handle = await fs.open('.', 'r');
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const sync = vi.spyOn(prototype, 'sync');
  await work();
  return sync.mock.calls.length;
};

it.runIf(process.platform !== 'win32')(
  'syncs the folder above each that it makes, and no other',
  async () => {
    base = await fs.mkdtemp(join(tmpdir(), 'core-'));
    expect(await syncs(() => makeFolder(join(base, 'a', 'b', 'c')))).toBe(3);
    vi.restoreAllMocks();
    expect(await syncs(() => makeFolder(join(base, 'a', 'b', 'c')))).toBe(0);
  },
);

it('gives the outermost folder that it made', async () => {
  base = await fs.mkdtemp(join(tmpdir(), 'core-'));
  expect(await makeFolder(join(base, 'a', 'b'))).toBe(join(base, 'a'));
  expect(await makeFolder(join(base, 'a', 'b'))).toBeUndefined();
  await fs.writeFile(join(base, 'file'), '');
  await expect(makeFolder(join(base, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
