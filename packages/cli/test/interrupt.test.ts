// Ctrl-C must end a run in good order: what was learnt so far is kept, and the exit code says that it was not the end.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, here, mapnet, small } from './mapnet.ts';

it('keeps the network of an interrupted run, and not the record of the one before', async () => {
  const folder = await emptyFolder();
  expect((await here(folder, 'train', ...small, '--out', 'run')).code).toBe(0);
  expect(await readdir(join(folder, 'run'))).toContain('record.json');
  let sent = false;
  const args = ['train', ...small, '--epochs', '100000', '--out', 'run', '--force'];
  const { code, stderr, stdout } = await mapnet(folder, args, (child, text) => {
    if (!sent && text.includes('epoch      2/100000')) sent = child.kill('SIGINT');
  });
  expect({ code, sent }).toEqual({ code: 130, sent: true });
  expect(stderr).toMatch(/^interrupted after step \d+; the network as it was then is in run\n$/);
  expect(stdout).not.toContain('saved in');
  expect((await readdir(join(folder, 'run'))).toSorted()).toEqual(['config.json', 'latent.safetensors']);
  const measured = await here(folder, 'eval', 'run', '--json');
  expect(measured.code).toBe(0);
  expect(measured.stderr).toContain('no record.json in run: glyphs with its default options');
  const named = await here(folder, 'eval', 'run', '--dataset', 'glyphs', '--json');
  expect(measured.stdout).toBe(named.stdout);
});
