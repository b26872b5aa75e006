// What is not asked to compute must not load what computes: TensorFlow.js takes most of a second to start.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { emptyFolder } from './mapnet.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Writes down every module that is loaded. */
const hooks = `
import { appendFileSync } from 'node:fs';
export const load = (url, context, next) => {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
};`;

/** The modules that a command line loads. */
const loadedBy = async (...args: readonly string[]): Promise<readonly string[]> => {
  const folder = await emptyFolder();
  const [list, preload] = [join(folder, 'list.txt'), join(folder, 'preload.mjs')];
  await writeFile(list, '');
  const url = `data:text/javascript,${encodeURIComponent(hooks)}`;
  await writeFile(preload, `import { register } from 'node:module';\nregister(${JSON.stringify(url)});\n`);
  const imports = ['--import', tsx, '--import', pathToFileURL(preload).href];
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@mapping-networks/source', ...imports, main, ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, LOADED: list } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (await readFile(list, 'utf8')).split('\n');
};

const heavy = (url: string): boolean => /tfjs|packages\/(core|mapping-networks|train)\/|\/zod\//.test(url);

it.each(['--help', '--version', 'train --help', 'help eval'])(
  'mapnet %s loads nothing heavy',
  async (line) => {
    const loaded = await loadedBy(...line.split(' '));
    expect(loaded.some((url) => url.endsWith('program.ts'))).toBe(true);
    expect(loaded.filter(heavy)).toEqual([]);
  },
);

it('mapnet list does, or the test above would see nothing', async () => {
  expect((await loadedBy('list')).filter(heavy).length).toBeGreaterThan(10);
});
