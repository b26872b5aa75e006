// `mapnet sensitivity`: the scan of a small run, its table and its chart, and which files it replaces.
import { run, sensitivityResultSchema, type SensitivityResult } from '@mapping-networks/cli';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkedSensitivity } from '../src/sensitivity/sensitivity-result.ts';
import { writeChart } from '../src/sensitivity/chart-file.ts';
import { emptyFolder, here, mapnet, small } from './mapnet.ts';

const schemaFile = new URL('../schema/sensitivity.schema.json', import.meta.url);

let folder: string;

const scan = (...args: readonly string[]) => here(folder, 'sensitivity', 'run', ...args);
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const resultOf = (stdout: string): SensitivityResult =>
  sensitivityResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));

beforeAll(async () => {
  folder = await emptyFolder();
  await here(folder, 'train', ...small, '--out', 'run', '--quiet');
}, 60_000);

describe('mapnet sensitivity', () => {
  it('prints the score of each layer at each sparsity, the whole network first, and writes the chart', async () => {
    const { code, stdout, stderr } = await scan();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trim().split('\n').slice(-6);
    const measured = await here(folder, 'eval', 'run', '--split', 'validation');
    const [, accuracy] = /accuracy (\S+ %)/.exec(measured.stdout) ?? [];
    expect(lines[0]).toBe(`nothing pruned: accuracy ${accuracy} on 60 validation examples`);
    expect(lines[1]).toContain('accuracy with one layer pruned at a time');
    expect(lines[2]).toMatch(/^layer +parameters +25 % +50 % +75 % +90 % +95 %$/);
    expect(lines[3]).toMatch(/^fc1 +6,280( +\d+\.\d\d %){5}$/);
    expect(lines[4]).toMatch(/^fc2 +90( +\d+\.\d\d %){5}$/);
    expect(lines[5]).toBe(`wrote ${join('run', 'sensitivity.svg')}`);
    const svg = await read('run/sensitivity.svg');
    expect(svg).toMatch(/^<svg [^]*>fc1<\/text>[^]*>fc2<\/text>[^]*<\/svg>\n<!-- [^>]* -->\n$/);
  });

  it('with --json prints one object by the published schema, and writes a chart only where --out says', async () => {
    await cp(join(folder, 'run'), join(folder, 'fresh'), { recursive: true });
    const before = (await readdir(join(folder, 'fresh'))).toSorted();
    const flags = ['--sparsities', '0.9,0,0.5', '--scope', 'tensor', '--json'];
    const { code, stdout, stderr } = await mapnet(folder, ['sensitivity', 'fresh', ...flags]);
    expect(code, stderr).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect((await readdir(join(folder, 'fresh'))).toSorted()).toEqual(before);
    const published = JSON.parse(await readFile(schemaFile, 'utf8')) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(published);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(sensitivityResultSchema))));
    const result = resultOf(stdout);
    const info = JSON.parse((await here(folder, 'info', 'run', '--json')).stdout) as object;
    expect(info).toMatchObject({ fingerprint: result.fingerprint });
    expect(result).toMatchObject({
      run: 'fresh',
      scope: 'tensor',
      split: 'validation',
      examples: 60,
      metric: 'accuracy',
    });
    expect(result.layers.map(({ name, size }) => [name, size])).toEqual([
      ['fc1.kernel', 6272],
      ['fc1.bias', 8],
      ['fc2.kernel', 80],
      ['fc2.bias', 10],
    ]);
    for (const { size, points } of result.layers) {
      expect(points.map(({ sparsity }) => sparsity)).toEqual([0, 0.5, 0.9]);
      expect(points.map(({ kept }) => kept)).toEqual(
        [0, 0.5, 0.9].map((part) => size - Math.round(size * part)),
      );
      expect(points[0]?.scores).toEqual(result.baseline);
    }
    expect(result.layers[0]?.points[2]?.scores.loss).not.toBe(result.baseline.loss);
    expect(stderr).toMatch(/^fc1\.kernel +6,272 /m);

    const again = await scan('--sparsities', '0.9', '--json', '--quiet', '--out', 'chart.svg');
    expect(again.stderr).toBe('');
    expect(resultOf(again.stdout).out).toBe('chart.svg');
    expect(await read('chart.svg')).toContain('</svg>');
  });

  it('tries what the help says when nothing is asked for', async () => {
    const { stdout } = await scan('--json', '--quiet');
    const tried = resultOf(stdout).layers[0]?.points.map(({ sparsity }) => sparsity);
    const help = (await here(folder, 'sensitivity', '--help')).stdout.replaceAll(/\s+/g, ' ');
    expect(help).toContain(`(default: ${tried?.join(',')})`);
  });

  it('looks into a checkpoint, and says which', async () => {
    const { stdout } = await scan('--checkpoint', 'latest', '--sparsities', '0.5', '--json', '--quiet');
    expect(resultOf(stdout)).toMatchObject({ checkpoint: 'latest', step: 6 });
  });

  it('without validation examples scores training examples, and says so', async () => {
    const none = ['--set', 'dataset.validation=0', '--out', 'unjudged', '--quiet'];
    await here(folder, 'train', ...small, ...none);
    const { stdout, stderr } = await here(folder, 'sensitivity', 'unjudged', '--sparsities', '0.5', '--json');
    expect(resultOf(stdout)).toMatchObject({ split: 'train', examples: 300 });
    expect(stderr).toContain('scores are of 300 training examples');
    expect(stderr).toMatch(/nothing pruned: accuracy \S+ % on 300 training examples/);
  });

  it('says null of a score that is no number', () => {
    const scores = { loss: Number.POSITIVE_INFINITY, accuracy: 0.1 };
    const result: SensitivityResult = {
      run: 'run',
      dataset: { use: 'glyphs' },
      fingerprint: '0',
      scope: 'layer',
      split: 'validation',
      examples: 60,
      metric: 'accuracy',
      baseline: scores,
      layers: [{ name: 'fc1', size: 4, points: [{ sparsity: 0.5, kept: 2, scores }] }],
    };
    expect(checkedSensitivity(result).baseline.loss).toBeNaN();
    expect(JSON.stringify(checkedSensitivity(result))).toContain('"loss":null');
  });
});

describe('a file that is there already', () => {
  const one = ['--sparsities', '0.5', '--quiet'];

  it('is replaced where it is a chart of ours', async () => {
    expect((await scan(...one, '--out', 'ours.svg')).code).toBe(0);
    const first = await read('ours.svg');
    expect((await scan('--sparsities', '0.9', '--quiet', '--out', 'ours.svg')).code).toBe(0);
    expect(await read('ours.svg')).not.toBe(first);
  });

  it('stays where it is someone else’s: CLI_CHART_EXISTS, unless forced', async () => {
    await writeFile(join(folder, 'mine.svg'), '<svg/>');
    const { code, stderr } = await scan(...one, '--out', 'mine.svg');
    expect(code).toBe(2);
    expect(stderr).toContain('(CLI_CHART_EXISTS)');
    expect(await read('mine.svg')).toBe('<svg/>');
    expect((await scan(...one, '--out', 'mine.svg', '--force')).code).toBe(0);
    expect(await read('mine.svg')).toContain('sensitivity');
  });

  it.each(['folder', 'nowhere/chart.svg'])(
    'or is no file at all is known before the scan: CLI_UNWRITABLE_CHART for %s',
    async (out) => {
      await mkdir(join(folder, 'folder'), { recursive: true });
      const { code, stdout, stderr } = await scan('--out', out, '--force');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('(CLI_UNWRITABLE_CHART)');
    },
  );

  it('goes with the run that it shows when another takes its place', async () => {
    await cp(join(folder, 'run'), join(folder, 'again'), { recursive: true });
    await here(folder, 'sensitivity', 'again', ...one);
    expect(existsSync(join(folder, 'again', 'sensitivity.svg'))).toBe(true);
    await here(folder, 'train', ...small, '--out', 'again', '--force', '--quiet');
    expect(existsSync(join(folder, 'again', 'record.json'))).toBe(true);
    expect(existsSync(join(folder, 'again', 'sensitivity.svg'))).toBe(false);
  });

  it('or cannot be written after all leaves nothing', async () => {
    const write = writeChart(join(folder, 'gone', 'chart.svg'), 'gone/chart.svg', '<svg/>');
    await expect(write).rejects.toMatchObject({ code: 'CLI_UNWRITABLE_CHART' });
    expect(existsSync(join(folder, 'gone'))).toBe(false);
  });
});

describe('--sparsities', () => {
  const many = Array.from({ length: 101 }, (_, i) => i / 101).join(',');
  it.each(['', '1', '-0.1', '0.5,', '0.5;0.9', 'half', 'NaN', many])('refuses %j', async (list) => {
    const { code, stderr } = await scan(`--sparsities=${list}`);
    expect(code).toBe(2);
    expect(stderr).toContain('Expected 1 to 100 numbers of 0 and more and below 1');
  });

  it('counts each once', async () => {
    const { stdout } = await scan('--sparsities', '0.5,.5', '--json', '--quiet');
    expect(resultOf(stdout).layers[0]?.points).toHaveLength(1);
  });
});

describe('Ctrl-C', () => {
  it('ends the scan; no chart is written', async () => {
    const said: string[] = [];
    const hear = (text: string): void => {
      said.push(text);
      if (text.includes('fc1: pruned')) process.emit('SIGINT', 'SIGINT');
    };
    const output = { write: hear };
    const args = ['sensitivity', 'run', '--out', 'late.svg'];
    const code = await run(args, { folder, stdout: output, stderr: output });
    expect({ code, last: said.at(-1) }).toEqual({
      code: 130,
      last: expect.stringContaining('no chart') as string,
    });
    expect(said.join('')).not.toContain('fc2: pruned');
    expect(existsSync(join(folder, 'late.svg'))).toBe(false);
  });
});
