// What ends a run early or sends it back, as the command says it and as its files keep it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '@mapping-networks/cli';
import { readRecord } from '../src/run-folder/record-file.ts';
import { emptyFolder, here } from './mapnet.ts';
import { bits, slowEpochs, thirty } from './run-bits.ts';

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});

const train = (...more: readonly string[]): readonly string[] => [
  'train',
  ...thirty,
  '--out',
  'run',
  ...more,
];

const resultIn = (stdout: string): Result => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;

describe('--time-limit', () => {
  it('ends the run, which says so and goes on with resume, to the bits of one without a limit', async () => {
    await writeFile(join(folder, 'mapnet.config.mjs'), slowEpochs);
    const many = ['--epochs', '24'];
    const { code, stdout } = await here(folder, ...train(...many, '--time-limit', '1s'));
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('time limit') as string,
    });
    expect(stdout).toMatch(/^go on with +mapnet resume run$/m);
    const record = await readRecord(join(folder, 'run'));
    expect(record?.result).toMatchObject({ ended: 'time-limit', config: { timeLimit: 1 } });
    expect(record?.result.epochs).toBeLessThan(11);

    const more = await here(folder, 'resume', 'run', '--time-limit', '1', '--json');
    const limited = resultIn(more.stdout);
    expect(limited.ended).toBe('time-limit');
    expect(limited.epochs).toBeGreaterThan(record?.result.epochs ?? 0);
    expect(limited.seconds).toBeGreaterThan(record?.result.seconds ?? 0);

    const rest = resultIn((await here(folder, 'resume', 'run', '--json')).stdout);
    expect(rest).toMatchObject({ ended: 'completed', epochs: 24, config: { timeLimit: 'none' } });
    const alone = await emptyFolder();
    await here(alone, ...train(...many));
    expect(await bits(join(folder, 'run'))).toEqual(await bits(join(alone, 'run')));
  });

  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['1h30m', 5400],
    ['1h2m3s', 3723],
    ['2.5s', 2.5],
  ])('understands %s', async (text, seconds) => {
    const { stdout } = await here(folder, ...train('--time-limit', text, '--json'));
    expect(resultIn(stdout).config['timeLimit']).toBe(seconds);
  });

  it.each(['', '0', '-5', 'soon', '1d', '5x', '30m1h', '1e9', '999999h', 'NaN', 'Infinity', '0.5s'])(
    'does not understand %j',
    async (text) => {
      const { code, stderr } = await here(folder, ...train('--time-limit', text));
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('a duration of 1 second to 1,000 days') as string,
      });
    },
  );
});

describe('--patience and --restore-best', () => {
  it('end a run whose validation has stopped improving, and keep its best network', async () => {
    const worse = ['--epochs', '60', '--lr', '1', '--patience', '2'];
    const { stdout } = await here(folder, ...train(...worse, '--restore-best'));
    expect(stdout).toContain('patience');
    const record = await readRecord(join(folder, 'run'));
    expect(record?.result.ended).toBe('patience');
    expect(record?.result.epochs).toBeLessThan(60);
    const scored = (record?.history ?? []).map(({ validation }) => validation?.['accuracy'] ?? Number.NaN);
    expect(record?.result.validation?.['accuracy']).toBe(Math.max(...scored));
    const again = await here(folder, 'resume', 'run');
    expect(again.stdout).toContain('run is finished');
  });
});

describe('--on-nan', () => {
  const absurd = ['--lr', '1000', '--set', 'schedule=constant', '--set', 'optimizer=sgd', '--epochs', '6'];

  it('stop: says which checkpoint is kept, and that resuming would come to the same', async () => {
    const { code, stderr } = await here(folder, ...train(...absurd));
    expect(code).toBe(1);
    expect(stderr).toMatch(/TRAIN_NON_FINITE_(?:LOSS|STATE)/);
    expect(stderr).toMatch(/The checkpoint of step \d+ in run is kept\. .*--on-nan halve-lr/);
    const resumed = await here(folder, 'resume', 'run');
    expect(resumed.stderr).toBe(stderr);
  });

  it('halve-lr: goes back, says so, and comes to an end', async () => {
    const { code, stdout } = await here(folder, ...train(...absurd, '--on-nan', 'halve-lr'));
    expect(stdout).toMatch(/^warning: .*half/m);
    expect(code).toBe(0);
    const log = await readFile(join(folder, 'run', 'log.jsonl'), 'utf8');
    expect(log.split('\n').length).toBeGreaterThan(62);
    const { warnings = [] } = (await readRecord(join(folder, 'run'))) ?? {};
    expect(new Set(warnings.map(({ code: each }) => each))).toEqual(new Set(['TRAIN_ROLLED_BACK']));
    await here(folder, 'report', 'run', '--quiet');
    const page = await readFile(join(folder, 'run', 'report.html'), 'utf8');
    expect(page.split('on with half the learning rate').length - 1).toBe(warnings.length);
  });
});

describe('flags of a run', () => {
  it.each([
    [['--keep', '0'], 'whole number of 1 to 1,000'],
    [['--keep', '1001'], 'whole number of 1 to 1,000'],
    [['--checkpoint-every', '-1'], 'whole number of 0 to 1,000,000,000'],
    [['--patience', '0'], 'whole number of 1 to 1,000,000'],
    [['--seeds', '1'], 'whole number of 2 to 1,000'],
    [['--on-nan', 'ignore'], 'Allowed choices are stop, halve-lr'],
    [['--patience', '2', '--set', 'validateEvery=0'], 'patience'],
  ])('%j are refused', async (args, words) => {
    const { code, stderr } = await here(folder, ...train(...args));
    expect({ code, stderr: stderr.replaceAll(/\s+/g, ' ') }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(words) as string,
    });
  });
});
