// Runs on a dataset that holds out no examples for validation: what is said of them, and what they cannot do.
import { resultSchema, seedsResultSchema } from '@mapping-networks/cli';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../src/run-folder/record-file.ts';
import { emptyFolder, here, type Finished } from './mapnet.ts';
import { bits, thirty } from './run-bits.ts';

const train = ['train', ...thirty, '--set', 'dataset.validation=0'];

const last = (stdout: string): object => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as object;

const keepsTo = async (name: 'result' | 'seeds', value: object): Promise<void> => {
  const path = new URL(`../schema/${name}.schema.json`, import.meta.url);
  const validate = new Ajv2020().compile(JSON.parse(await readFile(path, 'utf8')) as object);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
};

const scored = String.raw`loss \d+\.\d{4}, accuracy \d+\.\d\d %`;

let done: string;
let trained: Finished;
beforeAll(async () => {
  done = await emptyFolder();
  trained = await here(done, ...train, '--out', 'run');
});

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});

describe('mapnet train', () => {
  it('scores train and test, and says nothing of validation', async () => {
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    expect(trained.stdout).not.toContain('validation');
    expect(trained.stdout).toMatch(new RegExp(`^epoch 3/3 \\| train ${scored} \\| \\d+\\.\\d s$`, 'm'));
    expect(trained.stdout).toMatch(
      new RegExp(`^train +${scored}\ntest +${scored}\ntrain/test gap +-?\\d`, 'm'),
    );
    expect(await readdir(join(done, 'run', 'checkpoints'))).not.toContainEqual(
      expect.stringContaining('best'),
    );
    const { history = [], result } = (await readRecord(join(done, 'run'))) ?? {};
    expect([...history, result].filter((scores) => scores && 'validation' in scores)).toEqual([]);
    expect(history).toHaveLength(3);
  });

  it('--json leaves validation out, as the published schema allows', async () => {
    const { stdout } = await here(folder, ...train, '--out', 'run', '--json');
    const result = resultSchema.parse(last(stdout));
    expect(Object.keys(result)).not.toContain('validation');
    expect(result).toMatchObject({ config: { dataset: { validation: 0 } }, ended: 'completed' });
    await keepsTo('result', result);
  });

  it('--seeds leaves it out of the table and of the object', async () => {
    const { stdout, stderr } = await here(folder, ...train, '--seeds', '2', '--out', 'many', '--json');
    expect(stderr).not.toContain('validation');
    expect(stderr).toMatch(/^mean ± std of 2 +loss +accuracy\ntrain +\S+ ± .* %\ntest +\S+ ± .* %\n/m);
    const result = seedsResultSchema.parse(last(stdout));
    expect(Object.keys(result.summary)).toEqual(['train', 'test', 'gap']);
    await keepsTo('seeds', result);
  });

  it.each([
    [['--patience', '2'], 'patience goes by', 'leave out patience.'],
    [['--restore-best'], 'restoreBest goes by', 'leave out restoreBest.'],
    [['--patience', '2', '--restore-best', '--seeds', '2'], 'patience and restoreBest go by', 'patience and'],
  ])('%j waits for scores that never come: said before training', async (flags, problem, remedy) => {
    const { code, stdout, stderr } = await here(folder, ...train, ...flags, '--out', 'run');
    expect({ code, stderr: stderr.replaceAll(/\s+/g, ' ') }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`validation split has no examples, and ${problem} its scores\\. .*${remedy}.*EMPTY_SPLIT`),
      ) as string,
    });
    expect(stdout).not.toContain('training on');
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });
});

it('mapnet resume comes to the bits of a run that was left alone', async () => {
  const breaker = `
    const on = (event) => { if (event.type === 'step' && String(event.step) === process.env.BREAK_AT) throw new Error('broken'); };
    export default { callbacks: [{ kind: 'callback', name: 'breaker', options: {}, impl: { on } }] };`;
  await writeFile(join(folder, 'mapnet.config.mjs'), breaker);
  process.env['BREAK_AT'] = '15';
  const failed = await here(folder, ...train, '--out', 'run');
  delete process.env['BREAK_AT'];
  expect(failed.stderr).toContain('broken');
  const open = await here(folder, 'info', 'run');
  expect(open.stdout + open.stderr).not.toContain('validation');
  await here(folder, 'report', 'run', '--quiet');
  expect(await readFile(join(folder, 'run', 'report.html'), 'utf8')).toContain('This run is not finished');
  const resumed = await here(folder, 'resume', 'run');
  expect(resumed).toMatchObject({ code: 0, stdout: expect.not.stringContaining('validation') as string });
  expect(await bits(join(folder, 'run'))).toEqual(await bits(join(done, 'run')));
});

describe('a run that is looked at', () => {
  it('info shows the scores that there are', async () => {
    const { stdout } = await here(done, 'info', 'run');
    expect(stdout).toMatch(new RegExp(`^training .*\ntest +${scored}$`, 'm'));
    expect(stdout).not.toContain('validation');
  });

  it.each([
    ['eval', ['--split', 'validation']],
    ['eval', ['--split', 'validation', '--json']],
    ['report', ['--split', 'validation']],
  ])('%s %j is refused', async (command, flags) => {
    expect(await here(done, command, 'run', ...flags)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: The validation split of Glyphs has no examples.\nName another split with --split. (CLI_EMPTY_SPLIT)\n',
    });
    expect(existsSync(join(done, 'run', 'report.html'))).toBe(false);
  });

  it('eval measures its other splits, and says that there is no best checkpoint', async () => {
    const { result } = (await readRecord(join(done, 'run'))) ?? {};
    expect((await here(done, 'eval', 'run', '--split', 'train')).stdout).toContain(
      `train split (100 examples): loss ${result?.train.loss.toFixed(4)}`,
    );
    expect((await here(done, 'eval', 'run', '--checkpoint', 'best')).stderr).toContain('no best checkpoint');
  });

  it('report draws what there is, and does not speak of validation curves', async () => {
    const { stdout } = await here(done, 'report', 'run', '--json', '--out', 'page.html');
    const page = await readFile(join(done, 'page.html'), 'utf8');
    expect(page).toContain('There was no validation while training');
    expect(page).not.toContain('Where validation parts');
    expect(page).not.toContain('Validation:');
    expect(page).toContain('the 20 examples of the test split');
    expect(Object.keys((last(stdout) as { scores: object }).scores)).toEqual(['train', 'test']);
  });

  it('report of several runs calls none the best', async () => {
    await here(folder, ...train, '--seeds', '2', '--out', 'four');
    await here(folder, ...train, '--seeds', '2', '--out', 'five', '--set', 'target.hidden=[5]');
    const { code, stdout } = await here(folder, 'report', 'four', 'five');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'No run has a score on validation: none is called the best, because choosing by test is selection.\nwrote comparison.html\n',
    });
    const page = await readFile(join(folder, 'comparison.html'), 'utf8');
    expect(page).toContain('On the test split');
    expect(page).not.toMatch(/best on validation|Validation accuracy|On the validation split/i);
  });
});
