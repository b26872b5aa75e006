// The library example of the root README runs as it stands, and what it prints is what the README promises.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
// Inside the repository, so that its packages resolve.
const folder = join(root, 'packages/mapping-networks/test/.readme');

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the example of README.md', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const example = /```ts no-run\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(
    example
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(12);
  // Everything but the number of examples is the README's.
  const short = example.replace('glyphs()', 'glyphs({ train: 1500, validation: 100, test: 400 })');
  expect(short).not.toBe(example);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'example.ts'), short);
  const args = ['--conditions=@mapping-networks/source', '--import', 'tsx', join(folder, 'example.ts')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [, accuracy = '', bytes = ''] = /^accuracy (0\.\d+), (\d+) bytes$/m.exec(stdout) ?? [];
  expect(Number(accuracy)).toBeGreaterThan(0.3);
  expect(Number(bytes)).toBeLessThan(8_600);
}, 240_000);
