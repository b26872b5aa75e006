// Runs that lack something, or hold something else: each is named, and what to do.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { emptyFolder, here, small } from './mapnet.ts';

let trained: string;
beforeAll(async () => {
  trained = await emptyFolder();
  await here(trained, 'train', ...small, '--out', 'run');
});

/** A copy of the run whose config.json has other `data`; undefined leaves it out. */
const runWith = async (change: (data: object) => object | undefined): Promise<string> => {
  const folder = await emptyFolder();
  await cp(trained, folder, { recursive: true });
  const path = join(folder, 'run', 'config.json');
  // Of the layout before checksums: what is in it may be changed by hand.
  const { checksum: _, ...config } = JSON.parse(await readFile(path, 'utf8')) as {
    readonly data: object;
    readonly checksum: string;
  };
  await writeFile(path, JSON.stringify({ ...config, version: 1, data: change(config.data) }));
  for (const name of ['record.json', 'run.json']) await rm(join(folder, 'run', name));
  return folder;
};

it('a bundle alone is measured on the dataset that it names, if it names one', async () => {
  const named = await here(await runWith((data) => data), 'eval', 'run');
  expect(named).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('glyphs with its default') as string,
  });
  const nameless = await here(await runWith(() => undefined), 'eval', 'run');
  expect(nameless).toMatchObject({ code: 2, stderr: expect.stringContaining('--dataset') as string });
  const foreign = await here(await runWith((data) => ({ ...data, name: 'glyph' })), 'eval', 'run');
  expect(foreign).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean 'glyphs'?") as string,
  });
});

it('pictures need a bundle that says what its inputs are, and inputs that are pictures', async () => {
  const nameless = await here(await runWith(() => undefined), 'predict', 'run', 'a.png');
  expect(nameless.stderr).toContain("'run' does not say what its inputs are");
  const flat = await here(
    await runWith((data) => ({ ...data, inputShape: [784] })),
    'predict',
    'run',
    'a.png',
  );
  expect(flat.stderr).toContain('takes inputs of shape [784], which are not pictures');
});

it('a record that is none is named', async () => {
  const folder = await emptyFolder();
  await cp(trained, folder, { recursive: true });
  await writeFile(join(folder, 'run', 'record.json'), '{}');
  const { code, stderr } = await here(folder, 'eval', 'run');
  expect(code).toBe(1);
  expect(stderr).toContain("run/record.json' as the record of a run");
});

it.each(['train', 'test'])('an empty %s split is said before training', async (empty) => {
  const folder = await emptyFolder();
  const info = {
    name: 'halves',
    title: 'Halves',
    inputShape: [2],
    task: 'classification',
    classes: ['a', 'b'],
    normalization: { scale: 1, mean: 0, std: 1 },
    source: { title: 'none', url: 'https://example.org', licence: 'CC0-1.0' },
  };
  const program = `
    const info = ${JSON.stringify(info)};
    const batch = ({ length: size }) => ({ size, x: new Float32Array(2 * size), y: new Int32Array(size) });
    const split = (size) => ({ size, batch });
    const sizes = ${JSON.stringify({ train: 8, validation: 0, test: 8, [empty]: 0 })};
    const splits = Object.entries(sizes).map(([name, size]) => [name, split(size)]);
    const load = async () => ({ info, ...Object.fromEntries(splits) });
    const dataset = { kind: 'dataset', name: 'halves', options: {}, impl: { info, load } };
    export default { target: 'mlp', dataset, latentDim: 4 };`;
  await writeFile(join(folder, 'mapnet.config.mjs'), program);
  expect(await here(folder, 'train')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: The ${empty} split of the dataset is empty, so that it has no score.\nGive the dataset a larger share for it. (CLI_SPLIT_NOT_SCORED)\n`,
  });
  expect(await readdir(folder)).toEqual(['mapnet.config.mjs']);
});
