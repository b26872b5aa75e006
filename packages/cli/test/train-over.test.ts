// `mapnet train --force` into the folder of a run: what goes, what stays, and what is said of it.
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, small } from './mapnet.ts';

let trained: string;

/** A folder with a run and what was exported of it. */
const used = async (): Promise<string> => {
  const folder = await emptyFolder();
  await cp(trained, folder, { recursive: true });
  return folder;
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();

beforeAll(async () => {
  trained = await emptyFolder();
  await here(trained, 'train', ...small, '--out', 'run', '--quiet');
  const to = ['--to', 'safetensors,latent', '--examples', '10', '--quiet'];
  const { code, stderr } = await here(trained, 'export', 'run', ...to);
  if (code !== 0) throw new Error(stderr);
}, 60_000);

describe('mapnet train --force', () => {
  it('removes what was exported of the run that it writes over, and says so once', async () => {
    const folder = await used();
    const { code, stdout } = await here(folder, 'train', ...small, '--seed', '1', '--out', 'run', '--force');
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => line.includes('writing over'));
    expect(lines).toEqual(['writing over the run in run and what was exported of it']);
    expect(await readdir(join(folder, 'run'))).not.toContain('export');
    expect((await here(folder, 'export', 'run', '--to', 'latent', '--examples', '10')).code).toBe(0);
  });

  it('leaves files that mapnet has not made', async () => {
    const folder = await used();
    const out = join(folder, 'run', 'export');
    await writeFile(join(out, 'notes.txt'), 'mine');
    await writeFile(join(out, 'latent', 'thesis.txt'), 'three years');
    await writeFile(join(out, 'safetensors', 'weights.safetensors'), 'changed since');
    await here(folder, 'train', ...small, '--out', 'run', '--force', '--quiet');
    expect(await filesIn(out)).toEqual(['latent/thesis.txt', 'notes.txt', 'safetensors/weights.safetensors']);
  });

  it('leaves a folder of that name that is no export', async () => {
    const folder = await used();
    await cp(join(folder, 'run', 'export'), join(folder, 'run', 'other'), { recursive: true });
    await writeFile(join(folder, 'run', 'export', 'export.json'), '{"exports":[]}');
    const before = await filesIn(join(folder, 'run', 'export'));
    const { stdout } = await here(folder, 'train', ...small, '--out', 'run', '--force');
    expect(stdout).toContain('writing over the run in run\n');
    expect(await filesIn(join(folder, 'run', 'export'))).toEqual(before);
    expect(await filesIn(join(folder, 'run', 'other'))).toHaveLength(before.length);
  });

  it('leaves all of it where the new run does not begin', async () => {
    const folder = await used();
    const before = await filesIn(folder);
    const wrong = [...small, '--set', 'target.classes=3', '--out', 'run', '--force'];
    const { code, stdout } = await here(folder, 'train', ...wrong);
    expect(code).toBe(1);
    expect(stdout).not.toContain('writing over');
    expect(await filesIn(folder)).toEqual(before);
  });

  it('says nothing where there is nothing to write over', async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, 'run'));
    const { code, stdout } = await here(folder, 'train', ...small, '--out', 'run', '--force');
    expect(code).toBe(0);
    expect(stdout).not.toContain('writing over');
  });

  it('does the same with the runs of several seeds', async () => {
    const folder = await emptyFolder();
    await cp(join(trained, 'run'), join(folder, 'many', 'seed-1'), { recursive: true });
    const seeds = ['--seeds', '2', '--out', 'many', '--force'];
    const { code, stdout } = await here(folder, 'train', ...small, ...seeds);
    expect(code).toBe(0);
    expect(stdout.match(/writing over .*/g)).toEqual([
      'writing over what was trained in many and what was exported of it',
    ]);
    expect(await readdir(join(folder, 'many', 'seed-1'))).not.toContain('export');
  });
});
