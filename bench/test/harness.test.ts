// The benchmark's own arithmetic and its page, from fixed numbers; its workers, from one short race.
import { float32 } from '@mapping-networks/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseArguments } from '../src/arguments.ts';
import { GROUPS, groupsOf, type Group } from '../src/contestants.ts';
import { goalsOf } from '../src/goals.ts';
import { withHeadline } from '../src/headline.ts';
import { parseAnswer } from '../src/messages.ts';
import { page } from '../src/page.ts';
import { race } from '../src/race.ts';
import { ratiosOf } from '../src/ratios.ts';
import { relativeError, worst } from '../src/relative-error.ts';
import type { Measurement, Results } from '../src/results.ts';
import { summarize } from '../src/statistics.ts';

const measured = (
  name: string,
  engine: string,
  threads: number,
  minMs: number,
  peakMb = 100,
): Measurement => ({
  name,
  engine,
  threads,
  minMs,
  medianMs: minMs * 1.25,
  peakMb,
});

const cases = [
  measured('cnn2', 'onnx', 1, 24),
  measured('cnn2', 'onnx', 2, 12),
  measured('cnn2', 'wasm', 1, 120),
  measured('cnn2', 'torch-plain', 2, 15),
  measured('cnn2 from nothing', 'onnx', 2, 700),
  measured('cnn2 mapping loss', 'onnx', 2, 30),
  measured('cnn2 evaluation', 'onnx', 2, 64),
  measured('cnn1', 'onnx', 2, 100),
  measured('cnn1', 'torch-dense', 2, 1100, 4700),
  measured('cnn1', 'torch-matvec', 2, 500, 4700),
  measured('cnn1 mapping alone', 'onnx', 2, 8),
  measured('generation 4096', 'onnx', 2, 0.1, 90),
  measured('generation 25000000', 'onnx', 2, 480, 590),
];

const results: Results = {
  machine: {
    cpu: 'A processor',
    cores: 2,
    memoryGb: 8,
    node: '22.0.0',
    platform: 'linux x64',
    load: 0.1,
    torch: '1.13.1',
  },
  cases,
  ratios: ratiosOf(cases),
};

test('minimum and median of an odd and an even number of samples', () => {
  expect(summarize([3, 1, 2])).toEqual({ minMs: 1, medianMs: 2 });
  expect(summarize([4, 1, 3, 2])).toEqual({ minMs: 1, medianMs: 2.5 });
  expect(summarize([12.345_678])).toEqual({ minMs: 12.35, medianMs: 12.35 });
  expect(() => summarize([])).toThrow('at least one sample');
});

test('ratios are of minima, and only of what was measured', () => {
  expect(results.ratios).toEqual({
    'cnn2: onnx / torch-plain': 0.8,
    'cnn2: onnx, 1 thread / onnx': 2,
    'cnn2: wasm / onnx': 10,
    'cnn2: full mapping loss / task only': 2.5,
    'cnn1: torch-dense / onnx': 11,
    'cnn1: torch-matvec / onnx': 5,
    'cnn1: mapping alone / step': 0.08,
  });
});

test('goals are met, missed or not measured', () => {
  const verdicts = goalsOf(results).map(({ text, measured: value, met }) => [text, value, met]);
  expect(verdicts).toEqual([
    ['CNN2: a mapped step against a plain one in PyTorch', '0.800 ×', true],
    ['CNN1: a mapped step against a plain one in PyTorch', undefined, undefined],
    ['Conv stack: the same', undefined, undefined],
    ['LSTM: the same', undefined, undefined],
    ['CNN1: the dense mapping in PyTorch (z @ W) against ours', '11.0 ×', true],
    ['CNN1: the mapping’s share of a step', '8.0 %', true],
    ['CNN2: full mapping loss against task only', '2.50 ×', false],
    ['CNN1: full mapping loss against task only', undefined, undefined],
    ['25 million weights from 2,048', '480 ms', true],
    ['25 million weights, above idle', '500 MB', false],
  ]);
});

test('the page has every figure in its table', () => {
  const text = page(results);
  expect(text).toContain('| CNN2: a mapped step against a plain one in PyTorch | ≤ 1 × | 0.800 × | met |');
  expect(text).toContain('| Conv stack: the same | ≤ 1.3 × | – | not measured |');
  expect(text).toContain('| cnn2 | onnx | 2 | 12.0 | 15.0 | 700 | 100 |');
  expect(text).toContain('| cnn1 | torch-dense | 2 | 1,100 | 1,375 | – | 4,700 |');
  expect(text).toContain('| cnn2 | onnx | 2 | 32,000 | 80.0 | 100 |');
  expect(text).toContain('| 25,000,000 | onnx | 2 | 480 | 600 | 500 |');
  expect(text).not.toContain('| cnn2 from nothing');
  expect(text).not.toMatch(/NaN|undefined/);
});

test('the pages say what was measured last', () => {
  const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
  const last = JSON.parse(read('bench/results.json')) as Results;
  expect(read('bench/README.md')).toBe(page(last));
  expect(read('README.md')).toBe(withHeadline(read('README.md'), last));
  const ratios = { ...results.ratios, 'cnn1: onnx / torch-plain': 1.5 };
  expect(withHeadline(read('README.md'), { ...results, ratios })).toContain('1.50 × for CNN1');
  expect(withHeadline(read('README.md'), results)).toBe(read('README.md'));
});

test('nothing is judged by figures from a busy machine', () => {
  const text = page({ ...results, machine: { ...results.machine, load: 4 } });
  expect(text).toContain('| ≤ 1 × | 0.800 × | not judged: the machine was busy |');
  expect(text).not.toMatch(/\| (met|missed) \|/);
});

test('the command line', () => {
  expect(parseArguments([])).toMatchObject({ rounds: 12, write: true, light: false });
  expect(parseArguments(['--only', 'cnn2', '--json', '--rounds', '3'])).toMatchObject({
    only: 'cnn2',
    json: true,
    rounds: 3,
    write: false,
  });
  expect(parseArguments(['--quick'])).toMatchObject({ rounds: 2, light: true, write: false });
  expect(() => parseArguments(['--rounds', '0'])).toThrow('at least 1, got 0');
  expect(() => parseArguments(['--fast'])).toThrow("'--fast'");
});

test('a group by its name, all generations by theirs', () => {
  expect(groupsOf(undefined)).toBe(GROUPS);
  expect(groupsOf('cnn2').map(({ name }) => name)).toEqual(['cnn2']);
  expect(groupsOf('generation').length).toBeGreaterThan(3);
  expect(groupsOf('cnn')).toEqual([]);
});

test('every contestant of a group is told apart by name, engine and threads', () => {
  const keys = GROUPS.flatMap(({ contestants }) =>
    contestants.map(({ name, engine, threads }) => `${name} ${engine} ${threads}`),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test('answers of workers are checked, other output is let pass', () => {
  expect(parseAnswer('{"type":"skip","reason":"no torch"}')).toEqual({ type: 'skip', reason: 'no torch' });
  expect(parseAnswer('a warning of some library')).toBeUndefined();
  expect(() => parseAnswer('{"type":"times","ms":["1"]}')).toThrow('expected number');
});

test('the relative error of vectors', () => {
  expect(relativeError(Float32Array.of(3, 4.5), Float32Array.of(3, 4))).toBeCloseTo(0.1, 6);
  expect(relativeError(Float32Array.of(0), Float32Array.of(0))).toBe(0);
  expect(relativeError(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Number.POSITIVE_INFINITY);
  expect(relativeError(Float32Array.of(Number.NaN), Float32Array.of(1))).toBe(Number.POSITIVE_INFINITY);
  const exact = { a: float32(Float32Array.of(4)), b: float32(Float32Array.of(4)) };
  const results = { a: float32(Float32Array.of(5)), b: float32(Float32Array.of(6)) };
  expect(worst(results, exact)).toEqual({ name: 'b', error: 0.5 });
  expect(worst({ a: results.a }, exact)).toEqual({ name: 'b', error: Number.POSITIVE_INFINITY });
});

test('a race: processes take turns, those that cannot take part drop out', async () => {
  const exercise = { type: 'generation', parameters: 4096 } as const;
  const group: Group = {
    name: 'small',
    contestants: [
      { name: 'small', engine: 'canonical', threads: 1, exercise },
      { name: 'small', engine: 'wasm', threads: 1, exercise },
      {
        name: 'cnn2',
        engine: 'torch-plain',
        threads: 2,
        exercise: { type: 'training', network: 'cnn2', parameterization: 'direct', loss: 'task' },
      },
    ],
  };
  const lines: string[] = [];
  const log = (line: string): number => lines.push(line);
  const found = await race(group, { rounds: 2, turnMs: 1, warmUp: 1, python: undefined, log });
  expect(found.map(({ name, engine }) => `${name}, ${engine}`)).toEqual([
    'small, canonical',
    'small from nothing, canonical',
    'small, wasm',
    'small from nothing, wasm',
  ]);
  for (const { minMs, medianMs, peakMb } of found) {
    expect(minMs).toBeGreaterThan(0);
    expect(medianMs).toBeGreaterThanOrEqual(minMs);
    expect(peakMb).toBeGreaterThan(10);
  }
  expect(lines).toContain('left out: cnn2, torch-plain, 2 threads: there is no Python with torch');
  expect(lines).toContain('small: round 2 of 2');
});
