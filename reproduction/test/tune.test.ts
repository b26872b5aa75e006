// The harness for choosing defaults: on a tiny bench, and its arithmetic on numbers made up.
import { float32, type NamedArrays } from '@mapping-networks/core';
import { glyphs, mlp } from 'mapping-networks';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tune } from '../src/command/tune-command.ts';
import { runningAverages } from '../src/tuning/averages.ts';
import {
  allocatePower,
  merged,
  normalize,
  powerShares,
  rescale,
  set,
  unchanged,
} from '../src/tuning/changes.ts';
import { comparisonTable } from '../src/tuning/comparison.ts';
import { linear } from '../src/tuning/plugins/linear.ts';
import { normalized } from '../src/tuning/plugins/normalized.ts';
import { rescaled } from '../src/tuning/plugins/rescaled.ts';
import { readRecords, type TrialRecord } from '../src/tuning/records.ts';
import { runTrial } from '../src/tuning/run-trial.ts';
import { trialsOf, type Sweep } from '../src/tuning/sweep.ts';
import { sweeps } from '../src/tuning/sweeps.ts';
import { benches } from '../src/tuning/benches.ts';

const folder = mkdtempSync(join(tmpdir(), 'tune-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = {
  target: { use: 'mlp', hidden: [8] },
  dataset: { use: 'glyphs', train: 640, validation: 100, test: 100 },
  parameterization: { use: 'mapping', latentDim: 64 },
  epochs: 2,
};

const sweep = (name: string): Sweep => ({
  name,
  question: 'Does it work?',
  benches: ['tiny'],
  variants: [
    { ...unchanged, averages: [0.9] },
    set('rate 0.05', { learningRate: 0.05 }),
    rescale('biases × 2', { bias: 2 }),
  ],
});

const run = async (args: readonly string[], names = ['first', 'second']) => {
  const lines: string[] = [];
  const setting = { sweeps: names.map(sweep), benches: { tiny: bench }, folder };
  const code = await tune(args, { ...setting, say: (line) => lines.push(line) });
  return { code, text: lines.join('\n') };
};

describe('a sweep', () => {
  it('trains its variants, keeps them, and writes the page; a second sweep trains no default again', async () => {
    const { code, text } = await run(['first', '--jobs', '2', '--variant', 'rate']);
    expect(code, text).toBe(0);
    const records = await readRecords(folder, 'first');
    expect(records.map(({ variant, seed }) => [variant, seed])).toEqual([
      ['default', 100],
      ['rate 0.05', 100],
    ]);
    expect(records[0]?.averaged['0.9']?.['accuracy']).toBeGreaterThan(0);
    expect(records[0]?.curve).toHaveLength(2);
    expect(JSON.stringify(records)).not.toContain('test');
    const page = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(page).toContain('## first');
    expect(page).toContain('Not run yet: second.');

    const second = await run(['second', '--variant', 'none']);
    expect(second.text).toContain('as in another sweep');
    const [twin] = await readRecords(folder, 'second');
    expect(twin).toEqual(records[0]);

    const list = await run(['--list']);
    expect(list.text).toMatch(/^first: 2 of 3 trials done\..*\nsecond: 1 of 3 trials done\./);
  });

  it.each([
    [['unknown'], "There is no sweep 'unknown'"],
    [['first', '--epochs', '0'], '--epochs: expected a whole number of at least 1'],
    [[], 'npm run tune -- --list'],
  ])('refuses %j', async (args, expected) => {
    const { code, text } = await run(args);
    expect(code).toBe(2);
    expect(text).toContain(expected);
  });
});

it('a trial never has the test split', async () => {
  const scores = await runTrial({ config: { ...bench, epochs: 1, seed: 100 }, averages: [] });
  expect(scores.validation['accuracy']).toBeGreaterThan(0);
  expect(Object.keys(scores).toSorted()).toEqual(['averaged', 'curve', 'engine', 'seconds', 'validation']);
});

it('every variant of every sweep is a config, and differs from the first', () => {
  const everything = { benches: /./, variants: /./, seeds: 1, epochs: undefined };
  for (const each of sweeps) {
    const trials = trialsOf(each, benches, everything);
    const distinct = new Set(trials.map(({ config }) => JSON.stringify(config)));
    expect(distinct.size, each.name).toBe(trials.length);
    expect(trials.every(({ seed }) => seed >= 100)).toBe(true);
    expect(trials.every(({ config }) => (config['dataset'] as object) !== undefined)).toBe(true);
  }
});

describe('changes', () => {
  it('merge options of the same plugin, and replace another one', () => {
    const config = { a: { use: 'x', one: 1, two: { three: 3 } }, b: 1 };
    expect(merged(config, { a: { two: { four: 4 } } })).toEqual({
      a: { use: 'x', one: 1, two: { three: 3, four: 4 } },
      b: 1,
    });
    expect(merged(config, { a: { use: 'y' } })).toEqual({ a: { use: 'y' }, b: 1 });
  });

  it('share a budget by a power of the size, no layer above its own', () => {
    const sizes = [160, 4640, 102_528, 1290];
    expect(powerShares(sizes, 2688, 0)).toEqual([160, 842, 844, 842]);
    expect(powerShares(sizes, 2688, 1)).toEqual([3, 114, 2540, 31]);
    for (const exponent of [0, 0.3, 0.5, 1]) {
      const dims = powerShares(sizes, 4000, exponent);
      expect(dims.reduce((sum, dim) => sum + dim, 0)).toBe(4000);
      dims.forEach((dim, i) => expect(dim).toBeLessThanOrEqual(sizes[i] ?? 0));
    }
    const layers = allocatePower(0).change({ ...bench, parameterization: { use: 'mapping', latentDim: 64 } });
    expect(layers['parameterization']).toMatchObject({ allocation: [32, 32] });
  });

  it('normalise by what the dataset is', () => {
    const { change } = normalize('standardised', { glyphs: [0.25, 0.5] });
    expect(change(bench)['dataset']).toEqual({
      use: 'normalized',
      dataset: bench.dataset,
      mean: -0.5,
      std: 1,
    });
  });
});

describe('plugins that are tried', () => {
  it('rescaled multiplies the spread of fresh tensors, and leaves everything else', () => {
    const target = mlp({ hidden: [8] });
    const part = rescaled({ target, kernel: 0.5, bias: 3, layers: { fc2: 2 } });
    const spreads = part.impl.parameters.parameters.map(({ init }) => init.type === 'normal' && init.std);
    const he = (fanIn: number): number => Math.sqrt(2 / fanIn);
    expect(spreads).toEqual([he(784) * 0.5, 0.05 * 3, he(8) * 0.5 * 2, 0.05 * 3 * 2]);
    expect(part.impl.apply).toBe(target.impl.apply);
  });

  it('normalized shifts and scales inputs, and says so', async () => {
    const dataset = glyphs({ train: 4, validation: 4, test: 4 });
    const part = normalized({ dataset, mean: -0.5, std: 2 });
    const [before, after] = await Promise.all([dataset.impl.load(), part.impl.load()]);
    const [x, y] = [before, after].map(({ train }) => train.batch([2]).x);
    expect(y).toEqual(x?.map((value) => (value + 0.5) / 2));
    expect(after.info.normalization).toEqual({ scale: 255, mean: 0.25, std: 1 });
  });

  it('linear rises, then falls on a straight line', () => {
    const { factor } = linear({ warmupSteps: 10 }).impl;
    expect([0, 9, 10, 55, 100].map((step) => factor(step, 100))).toEqual([0.1, 1, 1, 0.5, 0]);
  });

  it('running averages forget their start', () => {
    const average = runningAverages([0.5]);
    const at = (value: number): NamedArrays => ({ z: float32(Float32Array.of(value)) });
    [8, 4, 2, 2].forEach((value) => average.add(at(value)));
    // Decays 1/10, 2/11, 3/12, 4/13.
    const second = 4 + (2 / 11) * (8 - 4);
    const third = 2 + (3 / 12) * (second - 2);
    expect(average.values().get(0.5)?.['z']?.data[0]).toBeCloseTo(2 + (4 / 13) * (third - 2), 5);
  });
});

it('compares trial by trial: mean difference to the first variant, and its standard error', () => {
  const trial = (variant: string, seed: number, accuracy: number, base = 'b'): TrialRecord => ({
    bench: 'tiny',
    variant,
    seed,
    epochs: 2,
    hash: variant,
    base,
    validation: { loss: 0.5, accuracy },
    averaged: variant === 'default' ? { 0.9: { loss: 0.4, accuracy: accuracy + 0.01 } } : {},
    curve: [],
    seconds: 1,
    engine: 'wasm',
  });
  const records = [
    trial('default', 100, 0.8),
    trial('default', 101, 0.7),
    trial('rate 0.05', 100, 0.82),
    trial('rate 0.05', 101, 0.71),
    trial('biases × 2', 100, 0.9, 'other defaults'),
  ];
  expect(comparisonTable(sweep('first'), records).split('\n')).toEqual([
    '| variant | gain over default | tiny, 2 epochs | tiny, 2 epochs |',
    '| --- | ---: | ---: | ---: |',
    '| default |  | 75.00 (0.5000) | – |',
    '| default, average 0.9 | +1.00 ± 0.00 | 76.00 (0.4000) | – |',
    '| rate 0.05 | +1.50 ± 0.50 | 76.50 (0.5000) | – |',
    '| biases × 2 | – | – | 90.00 (0.5000) |',
    '',
    'Up to 2 seeds; 5 trials.',
  ]);
});
