// run.json, seeds.json and record.json come from anywhere: what they hold is checked before any of it is used.
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readRecord, writeRecord, type RunRecordFile } from '../src/run-folder/record-file.ts';
import { readRunFile, writeRunFile } from '../src/run-folder/run-file.ts';
import { readSeedsFile, writeSeedsFile } from '../src/run-folder/seeds-file.ts';
import { emptyFolder } from './mapnet.ts';

const environment = { version: '0.0.0', node: 'v22.0.0', platform: 'linux x64', engine: 'eager cpu' };
const planned = { config: { target: { use: 'mlp' } }, keep: 3, started: '2025-01-02T03:04:05.678Z' };
const run = { format: 'mapping-networks-run', version: 1, ...planned, environment } as const;
const seeds = {
  format: 'mapping-networks-seeds',
  version: 1,
  seeds: [4, 5],
  folders: ['seed-4', 'seed-5'],
  ...planned,
} as const;
const scored = { loss: 0.5, accuracy: 0.75 };
const record: RunRecordFile = {
  result: {
    run: 'run',
    target: 'mlp',
    parameterization: 'mapping',
    dataset: 'glyphs',
    engine: 'cpu',
    seed: 0,
    trainables: 32,
    targetParameters: 6370,
    compression: 199.0625,
    artifactBytes: 1000,
    epochs: 1,
    ended: 'patience',
    seconds: 1.5,
    train: scored,
    validation: scored,
    test: scored,
    gap: 0,
    fingerprint: 'f'.repeat(64),
    config: {},
  },
  history: [
    {
      epoch: 1,
      learningRate: 0.1,
      objective: 0.5,
      terms: { crossEntropy: 0.5 },
      weights: { crossEntropy: 1 },
      train: scored,
      validation: scored,
      seconds: 1,
    },
  ],
  environment,
  date: '2025-01-02T03:04:05.678Z',
};

const withFile = async (name: string, text: string | Uint8Array): Promise<string> => {
  const folder = await emptyFolder();
  await writeFile(join(folder, name), text);
  return folder;
};

it('what is written is read again', async () => {
  const folder = await emptyFolder();
  await writeRunFile(folder, { ...run, configFile: '../mapnet.config.ts' });
  await writeSeedsFile(folder, seeds);
  await writeRecord(folder, record);
  expect(await readRunFile(folder)).toEqual({ ...run, configFile: '../mapnet.config.ts' });
  expect(await readSeedsFile(folder)).toEqual(seeds);
  expect(await readRecord(folder)).toEqual(record);
});

it('what is not there is no error', async () => {
  const folder = await emptyFolder();
  expect([await readRunFile(folder), await readSeedsFile(folder), await readRecord(folder)]).toEqual(
    Array.from({ length: 3 }),
  );
});

const readers = {
  'run.json': { read: readRunFile, code: 'CLI_UNREADABLE_RUN_FILE', good: run },
  'seeds.json': { read: readSeedsFile, code: 'CLI_UNREADABLE_SEEDS_FILE', good: seeds },
  'record.json': { read: readRecord, code: 'CLI_UNREADABLE_RECORD', good: record },
} as const;

describe.each(['run.json', 'seeds.json', 'record.json'] as const)('%s', (name) => {
  const { read, code, good } = readers[name];

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['another format', JSON.stringify({ ...good, format: 'other', result: 1 })],
    ['an unknown key', JSON.stringify({ ...good, more: 1 })],
    ['half of it', JSON.stringify(good).slice(0, 100)],
    ['a prototype', JSON.stringify(good).replace('{', '{"__proto__":{"polluted":1},')],
    [
      'a constructor deep inside',
      JSON.stringify(good).replace('"config":{', '"config":{"a":{"constructor":1},'),
    ],
    [
      'a part in place of a name',
      JSON.stringify(good).replace(
        '"config":{',
        '"config":{"a":{"kind":"target","name":"x","options":{},"impl":{}},',
      ),
    ],
    ['the same key twice', JSON.stringify(good).replace('{', '{"format":1,"format":1,')],
    [
      'nesting',
      JSON.stringify(good).replace('"config":{', `"config":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)},`),
    ],
    ['a number beyond float64', JSON.stringify(good).replace('"config":{', '"config":{"a":1e999,')],
  ])('is refused with %s', async (_, text) => {
    const folder = await withFile(name, text);
    await expect(read(folder)).rejects.toMatchObject({ code });
    expect('polluted' in {}).toBe(false);
  });

  it('is refused when it is no text, too large, a folder or a pipe', async () => {
    await expect(read(await withFile(name, Uint8Array.of(0x7b, 0xff, 0x7d)))).rejects.toMatchObject({ code });
    const large = await withFile(name, '');
    await truncate(join(large, name), 2 ** 25 + 1);
    await expect(read(large)).rejects.toMatchObject({ code });
    const folder = await emptyFolder();
    await mkdir(join(folder, name));
    await expect(read(folder)).rejects.toMatchObject({ code });
    const piped = await emptyFolder();
    if (spawnSync('mkfifo', [join(piped, name)]).status === 0)
      await expect(read(piped)).rejects.toMatchObject({ code });
  });
});

describe('seeds.json', () => {
  it.each([
    [{ folders: ['seed-4', '../seed-5'] }],
    [{ folders: ['seed-4', '..'] }],
    [{ folders: ['seed-4', 'a/b'] }],
    [{ folders: ['seed-4', '/tmp/x'] }],
    [{ folders: ['seed-4'] }],
    [{ folders: ['seed-4', 'seed-4'] }],
    [{ seeds: [4, 4] }],
    [{ seeds: [4, -5] }],
    [{ seeds: [4, 2 ** 53] }],
    [{ seeds: [], folders: [] }],
    [{ keep: 0 }],
    [{ keep: 1e9 }],
  ])('is refused with %j', async (wrong) => {
    const folder = await withFile('seeds.json', JSON.stringify({ ...seeds, ...wrong }));
    await expect(readSeedsFile(folder)).rejects.toMatchObject({ code: 'CLI_UNREADABLE_SEEDS_FILE' });
  });
});
