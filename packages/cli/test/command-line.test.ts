// Listings and refusals: what the command says before it does any work, and its exit codes.
import { spawnSync } from 'node:child_process';
import { copyFile, writeFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registry } from 'mapping-networks';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, mapnet, small } from './mapnet.ts';

let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
});

describe('usage errors', () => {
  it.each([
    [['train', '--epoch', '3'], 'Did you mean --epochs?'],
    [['trian'], 'Did you mean train?'],
    [['frobnicate'], 'What there is: mapnet --help'],
    [['train', '--frob'], 'What there is: mapnet train --help'],
    [['train', '--epochs', 'many'], 'whole number of 1 to 1,000,000'],
    [['train', '--lr', '-1'], 'a number above 0 and at most 1000'],
    [['train', '--strategy', 'double'], 'Allowed choices are single, layerwise'],
    [['train'], 'There is no --target, no --dataset, no --latent-dim and no mapnet.config.* in this folder'],
    [['train', '--target', 'cnn2', '--latent-dim', '9'], 'There is no --dataset and'],
    [['train', ...small, '--target', 'cnn22'], "There is no target 'cnn22'. Did you mean 'cnn2'?"],
    [
      ['train', ...small, '--set', 'target.hiden=[3]'],
      "target 'mlp' has no option 'hiden'. Did you mean 'hidden'?",
    ],
    [['train', ...small, '--set', 'epocs=3'], "A config has no key 'epocs'. Did you mean 'epochs'?"],
    [['train', ...small, '--set', 'target'], "Expected --set path=value, got 'target'"],
    [['train', ...small, '--latent-dim', '9999999'], '9999999'],
    [['train', ...small, '--engine', 'gpu'], "There is no engine 'gpu'. "],
    [['train', ...small, '--config', 'none.json'], "There is no config file 'none.json'"],
    [['list', 'tarjet'], "There is no plugin of kind 'tarjet'. Did you mean 'target'?"],
    [['eval'], "missing required argument 'run'"],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await here(folder, ...args);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('say on a line of its own what to do', async () => {
    const { stderr } = await here(folder, 'train', ...small, '--target', 'cnn22');
    expect(stderr).toMatch(
      /^error: There is no target 'cnn22'\.\nDid you mean 'cnn2'\? Allowed: .*\. \(CORE_UNKNOWN_NAME\)\n$/,
    );
  });

  it('end a process with their code, and leave nothing behind', async () => {
    const { code } = await mapnet(folder, ['train', ...small, '--target', 'cnn22', '--out', 'never']);
    expect(code).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('protect a folder that holds something', async () => {
    const full = await emptyFolder();
    await writeFile(join(full, 'thesis.txt'), 'three years');
    const { code, stderr } = await here(full, 'train', ...small, '--out', '.');
    expect({ code, words: stderr }).toMatchObject({
      code: 2,
      words: expect.stringContaining('--force') as string,
    });
    expect(await readdir(full)).toEqual(['thesis.txt']);
  });

  it('are found before training: a run cannot be written into a file', async () => {
    const full = await emptyFolder();
    await writeFile(join(full, 'notes.txt'), 'mine');
    for (const out of ['notes.txt', join('notes.txt', 'run')]) {
      const { code, stdout, stderr } = await here(full, 'train', ...small, '--force', '--out', out);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain("notes.txt' is a file");
    }
    expect(await readFile(join(full, 'notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('failures', () => {
  it.each([['info'], ['eval'], ['predict', 'a.png']])(
    'of %s name what is missing',
    async (command, ...more) => {
      const { code, stderr } = await here(folder, command, 'nowhere', ...more);
      expect(code).toBe(1);
      expect(stderr).toContain("'nowhere' is not a run folder");
    },
  );

  it('are a failure and not a usage error when a dataset cannot be had', async () => {
    const empty = JSON.stringify(await emptyFolder());
    const args = [
      '--target',
      'cnn2',
      '--dataset',
      'mnist',
      '--latent-dim',
      '64',
      '--set',
      `dataset.folder=${empty}`,
    ];
    const { code, stderr } = await here(folder, 'train', ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('train-images-idx3-ubyte');
  });
});

describe('the command of a clone that has not been built', () => {
  it('says so instead of failing to import', async () => {
    const bin = join(await emptyFolder(), 'mapnet.mjs');
    await copyFile(new URL('../bin/mapnet.js', import.meta.url), bin);
    const { status, stderr } = spawnSync(process.execPath, [bin, 'list'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^error: .*not been built.*\n.*npm run build.*\n$/) as string,
    });
  });
});

describe('mapnet list', () => {
  it('lists every built-in plugin for a program', async () => {
    const { code, stdout } = await mapnet(folder, ['list', '--json']);
    expect(code).toBe(0);
    const entries = JSON.parse(stdout) as {
      kind: string;
      name: string;
      options: object;
      parameters?: number;
    }[];
    expect(entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      registry().plugins.map(({ kind, name }) => `${kind} ${name}`),
    );
    const sizes = Object.fromEntries(
      entries.flatMap(({ name, parameters }) => (parameters === undefined ? [] : [[name, parameters]])),
    );
    expect(sizes).toMatchObject({ cnn1: 537_994, cnn2: 108_618 });
    // A list of layers has no size before it is given.
    const ofKind = entries.filter(({ kind, name }) => kind === 'target' && name !== 'feedForward');
    expect(Object.keys(sizes).toSorted()).toEqual(ofKind.map(({ name }) => name).toSorted());
    expect(entries.find(({ name }) => name === 'mapping')?.options).toMatchObject({
      type: 'object',
      properties: { latentDim: { type: 'integer' }, projection: {} },
      required: ['latentDim'],
    });
  });

  it('shows one kind with its options', async () => {
    const { stdout } = await here(folder, 'list', 'target');
    expect(stdout).toMatch(/^ {2}cnn2 +108,618 {2}\S/m);
    expect(stdout).toMatch(
      /^ {6}hidden +default \[128\] +Units of each hidden layer\. \(a list of at most 100/m,
    );
    expect(stdout).not.toContain('glyphs');
  });
});

describe('mapnet init', () => {
  it('writes a config once, and again only when forced', async () => {
    const fresh = await emptyFolder();
    const path = join(fresh, 'mapnet.config.ts');
    expect(await here(fresh, 'init')).toMatchObject({ code: 0 });
    await writeFile(path, 'mine');
    expect(await here(fresh, 'init')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--force') as string,
    });
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await here(fresh, 'init', '--force')).toMatchObject({ code: 0 });
    expect(await readFile(path, 'utf8')).toContain('defineConfig');
  });
});
