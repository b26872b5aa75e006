// Several runs that differ in their seed: their folders, their mean and standard deviation, and how what is missing of
// them is completed.
import { seedsResultSchema, type SeedsResult } from '@mapping-networks/cli';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSeedsFile } from '../src/run-folder/seeds-file.ts';
import { spreadOf } from '../src/seeds/seeds-result.ts';
import { emptyFolder, here, mapnet, type Finished } from './mapnet.ts';
import { bits, slowEpochs, thirty } from './run-bits.ts';

const train = ['train', ...thirty, '--seed', '4', '--seeds', '3', '--out', 'many'];
const names = ['seed-4', 'seed-5', 'seed-6'];

const resultIn = (stdout: string): SeedsResult =>
  seedsResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));

let done: string;
let trained: Finished;
let expected: readonly unknown[];
beforeAll(async () => {
  done = await emptyFolder();
  trained = await here(done, ...train, '--json');
  expected = await Promise.all(names.map((name) => bits(join(done, 'many', name))));
});

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});

const copy = (): Promise<void> => cp(done, folder, { recursive: true });
const found = (): Promise<readonly unknown[]> =>
  Promise.all(names.map((name) => bits(join(folder, 'many', name))));

describe('mean and standard deviation', () => {
  it('are those of the sample', () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, std: Math.sqrt(32 / 7) });
    expect(spreadOf([3, 3])).toEqual({ mean: 3, std: 0 });
  });
});

describe('mapnet train --seeds', () => {
  it('writes a run folder a seed, each that of the run alone', async () => {
    expect(trained.code).toBe(0);
    expect((await readdir(join(done, 'many'))).toSorted()).toEqual([...names, 'seeds.json']);
    expect(await readSeedsFile(join(done, 'many'))).toMatchObject({ seeds: [4, 5, 6], folders: names });
    await here(folder, 'train', ...thirty, '--seed', '5', '--out', 'alone');
    expect(await bits(join(folder, 'alone'))).toEqual(expected[1]);
    expect(new Set(expected.map((each) => JSON.stringify(each))).size).toBe(3);
  });

  it('prints one object for a program', () => {
    expect(trained.stdout.trim().split('\n')).toHaveLength(1);
    const { run, runs, summary } = resultIn(trained.stdout);
    expect(run).toBe('many');
    expect(runs.map((each) => [each.run, each.seed])).toEqual(
      names.map((name, i) => [join('many', name), 4 + i]),
    );
    const accuracies = runs.map(({ test }) => test['accuracy'] ?? Number.NaN);
    expect(summary.test['accuracy']).toEqual(spreadOf(accuracies));
    expect(summary.train['loss']?.mean).toBeCloseTo(
      runs.reduce((sum, each) => sum + each.train.loss, 0) / 3,
      12,
    );
    expect(summary.gap).toEqual(spreadOf(runs.map(({ gap }) => gap ?? Number.NaN)));
  });

  it('says one line a seed, a table, and what is next', () => {
    expect(trained.stderr).toMatch(/^run 1 of 3: /);
    expect(trained.stderr).toMatch(/\n\nsaved in {2}many\nnext {6}mapnet report many\n$/);
    expect(trained.stderr).toContain(`run 2 of 3: ${join('many', 'seed-5')}\n`);
    for (const [i, name] of names.entries())
      expect(trained.stderr).toMatch(
        new RegExp(`^seed ${4 + i}  test loss \\S+, accuracy .* s +${join('many', name)}$`, 'm'),
      );
    expect(trained.stderr).toMatch(/^mean ± std of 3 +loss +accuracy$/m);
    for (const split of ['train', 'validation', 'test'])
      expect(trained.stderr).toMatch(
        new RegExp(`^${split} +\\d\\.\\d{4} ± \\d\\.\\d{4} +\\d+\\.\\d\\d ± \\d+\\.\\d\\d %$`, 'm'),
      );
  });

  it('keeps quiet when asked', async () => {
    expect(await here(folder, ...train, '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await found()).toEqual(expected);
  });

  it('asks before it writes over anything, and then leaves nothing of it', async () => {
    await copy();
    const refused = await here(folder, ...train);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') as string });
    await here(folder, ...train, '--seeds', '2', '--force', '--set', 'dataset.train=80');
    expect((await readSeedsFile(join(folder, 'many')))?.folders).toEqual(['seed-4', 'seed-5']);
    expect(await readdir(join(folder, 'many', 'seed-6'))).toEqual([]);
    expect(resultIn((await here(folder, 'resume', 'many', '--json')).stdout).runs).toHaveLength(2);
  });
});

describe('mapnet resume of several runs', () => {
  it('completes what is missing: one that was cut short, one that was never begun', async () => {
    await copy();
    for (const name of [
      'record.json',
      'config.json',
      'latent.safetensors',
      'checkpoints/step-00000030.safetensors',
    ])
      await rm(join(folder, 'many', 'seed-5', name));
    await rm(join(folder, 'many', 'seed-6'), { recursive: true });
    const before = await readFile(join(folder, 'many', 'seed-4', 'record.json'), 'utf8');
    const { code, stdout, stderr } = await here(folder, 'resume', 'many', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('seed-4 is done');
    expect(stderr).toContain(`resuming ${join('many', 'seed-5')} from step 28`);
    expect(await found()).toEqual(expected);
    expect(await readFile(join(folder, 'many', 'seed-4', 'record.json'), 'utf8')).toBe(before);
    expect(resultIn(stdout).summary).toEqual(resultIn(trained.stdout).summary);
  });

  it('says the same again when all are done', async () => {
    await copy();
    const { stdout } = await here(folder, 'resume', 'many', '--json');
    expect(resultIn(stdout)).toEqual(resultIn(trained.stdout));
  });

  it('leaves runs at their time limit as they are, unless all are or they get more time', async () => {
    await writeFile(join(folder, 'mapnet.config.mjs'), slowEpochs);
    await here(folder, ...train, '--epochs', '40', '--time-limit', '1');
    await rm(join(folder, 'many', 'seed-6'), { recursive: true });
    const first = resultIn((await here(folder, 'resume', 'many', '--json')).stdout);
    expect(first.runs.map(({ ended }) => ended)).toEqual(['time-limit', 'time-limit', 'time-limit']);
    const more = resultIn((await here(folder, 'resume', 'many', '--time-limit', '1', '--json')).stdout);
    for (const [i, { epochs }] of more.runs.entries())
      expect(epochs).toBeGreaterThan(first.runs[i]?.epochs ?? 0);
  });

  it('limits the time of runs that were never begun as well', async () => {
    await copy();
    await rm(join(folder, 'many', 'seed-6'), { recursive: true });
    const { runs } = resultIn((await here(folder, 'resume', 'many', '--time-limit', '90', '--json')).stdout);
    expect(runs.map(({ config }) => config['timeLimit'])).toEqual(['none', 'none', 90]);
  });

  it('goes on after Ctrl-C in the middle, as the message says', async () => {
    let sent = false;
    await writeFile(join(folder, 'mapnet.config.mjs'), slowEpochs);
    const stopped = await mapnet(folder, train, (child, text) => {
      if (!sent && /run 2 of 3[^]*epoch 1\//.test(text)) sent = child.kill('SIGINT');
    });
    expect({ code: stopped.code, sent }).toEqual({ code: 130, sent: true });
    expect(stopped.stderr).toMatch(/go on with: mapnet resume many\n$/);
    const { code } = await here(folder, 'resume', 'many');
    expect(code).toBe(0);
    expect(await found()).toEqual(expected);
  });
});

describe('a folder of several runs', () => {
  it('is no run of its own', async () => {
    await copy();
    const { code, stderr } = await here(folder, 'eval', 'many');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('such as many/seed-4') as string,
    });
  });

  it('is read with care', async () => {
    await copy();
    const path = join(folder, 'many', 'seeds.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('seed-5', '../seed-5'));
    const { code, stderr } = await here(folder, 'resume', 'many');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CLI_UNREADABLE_SEEDS_FILE') as string,
    });
  });
});
