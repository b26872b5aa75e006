// The main path as a user takes it, in processes of their own: train, measure, look, predict; and what a program gets.
import { resultSchema, seedsResultSchema, type Result } from '@mapping-networks/cli';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { glyphs } from 'mapping-networks';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emptyFolder, here, mapnet, small, type Finished } from './mapnet.ts';

const publishedSchema = async (name: 'result' | 'seeds' = 'result'): Promise<object> =>
  JSON.parse(await readFile(new URL(`../schema/${name}.schema.json`, import.meta.url), 'utf8')) as object;

let folder: string;
let trained: Finished;
let result: Result;

beforeAll(async () => {
  folder = await emptyFolder();
  trained = await mapnet(folder, ['train', ...small, '--out', 'run', '--json']);
  result = JSON.parse(trained.stdout.trim().split('\n').at(-1) ?? '') as Result;
});

describe('mapnet train --json', () => {
  it('prints one object on stdout, and everything for people on stderr', () => {
    expect(trained.code).toBe(0);
    expect(trained.stdout.trim().split('\n')).toHaveLength(1);
    expect(trained.stderr).toContain('32 trainables for 6,370 parameters (199 to 1)\n6 steps in 1 epoch, ');
    expect(trained.stderr).toMatch(
      /^epoch 1\/1 \| train loss \d+\.\d+, accuracy \d+\.\d\d % \| validation \d+\.\d+, \d+\.\d\d % \|/m,
    );
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(trained.stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
  });

  it('keeps to the published schema', async () => {
    const validate = new Ajv2020().compile(await publishedSchema());
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    const { fingerprint, ...without } = result;
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(validate(without)).toBe(false);
    expect(validate({ ...result, trainables: -1 })).toBe(false);
    expect(validate({ ...result, more: 1 })).toBe(false);
  });

  it('says what was trained', async () => {
    const sizes = await Promise.all(
      ['config.json', 'latent.safetensors'].map(async (name) => (await stat(join(folder, 'run', name))).size),
    );
    expect(result).toMatchObject({
      run: 'run',
      target: 'mlp',
      parameterization: 'mapping',
      dataset: 'glyphs',
      engine: 'onnx',
      trainables: 32,
      targetParameters: 784 * 8 + 8 + 8 * 10 + 10,
      compression: 6370 / 32,
      artifactBytes: sizes.reduce((sum, size) => sum + size, 0),
      epochs: 1,
      ended: 'completed',
    });
    expect(result.config).toMatchObject({ target: { hidden: [8] }, batchSize: 50, learningRate: 0.15 });
  });

  it('leaves a bundle, a record, and what it was trained from and by', async () => {
    expect((await readdir(join(folder, 'run'))).toSorted()).toEqual([
      'checkpoints',
      'config.json',
      'latent.safetensors',
      'log.jsonl',
      'record.json',
      'run.json',
    ]);
    const record = JSON.parse(await readFile(join(folder, 'run', 'record.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(record['result']).toEqual(result);
    expect(record['history']).toHaveLength(1);
  });

  it('gives the same bits again, and other ones for another seed', async () => {
    const again = await here(folder, 'train', ...small, '--out', 'again', '--json');
    const other = await here(folder, 'train', ...small, '--out', 'other', '--json', '--seed', '1');
    expect((JSON.parse(again.stdout) as Result).fingerprint).toBe(result.fingerprint);
    expect((JSON.parse(other.stdout) as Result).fingerprint).not.toBe(result.fingerprint);
  });

  it('repeats a run from the config in its result', async () => {
    await writeFile(join(folder, 'repeat.json'), JSON.stringify(result.config));
    const again = await here(folder, 'train', '--config', 'repeat.json', '--out', 'repeated', '--json');
    expect((JSON.parse(again.stdout) as Result).fingerprint).toBe(result.fingerprint);
  });
});

describe('the published schemas', () => {
  it.each([
    ['result', resultSchema],
    ['seeds', seedsResultSchema],
  ] as const)('%s is that of the code', async (name, schema) => {
    expect(await publishedSchema(name)).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(schema))));
  });
});

describe('mapnet eval', () => {
  it('finds in a new process what training found', async () => {
    const { code, stdout } = await mapnet(folder, ['eval', 'run', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      run: 'run',
      dataset: 'glyphs',
      split: 'test',
      examples: 60,
      scores: result.test,
    });
  });

  it('measures other splits', async () => {
    const { stdout } = await here(folder, 'eval', 'run', '--split', 'validation');
    expect(stdout).toContain(
      `Glyphs, validation split (60 examples): loss ${result.validation?.loss.toFixed(4)}`,
    );
  });
});

describe('mapnet predict', () => {
  const size = 28;

  /** The first pictures of the test split as raw pixels. */
  const rawPictures = async (count: number): Promise<Uint8Array> => {
    const { test } = await glyphs({ train: 300, validation: 60, test: 60 }).impl.load();
    const { x } = test.batch(Int32Array.from({ length: count }, (_, i) => i));
    return Uint8Array.from(x, (value) => Math.round((value * 0.5 + 0.5) * 255));
  };

  const png = (pixels: Uint8Array): Buffer => {
    const picture = new PNG({ width: size, height: size });
    pixels.forEach((value, i) => picture.data.set([value, value, value, 255], i * 4));
    return PNG.sync.write(picture);
  };

  const idx = (pixels: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from([0, 0, 8, 3, 0, 0, 0, pixels.length / size ** 2, 0, 0, 0, size, 0, 0, 0, size]),
      pixels,
    ]);

  it('sees the same in a PNG, in an IDX file and in a gzipped one', async () => {
    const pixels = await rawPictures(3);
    await writeFile(join(folder, 'a.png'), png(pixels.subarray(0, size ** 2)));
    await writeFile(join(folder, 'all-idx3-ubyte'), idx(pixels));
    await writeFile(join(folder, 'all-idx3-ubyte.gz'), gzipSync(idx(pixels)));
    const files = ['a.png', 'all-idx3-ubyte', 'all-idx3-ubyte.gz'];
    const { code, stdout } = await mapnet(folder, ['predict', 'run', ...files, '--json']);
    expect(code).toBe(0);
    const predictions = JSON.parse(stdout) as { picture: string; classes: { probability: number }[] }[];
    expect(predictions.map(({ picture }) => picture)).toEqual([
      'a.png',
      ...[0, 1, 2].map((i) => `all-idx3-ubyte#${i}`),
      ...[0, 1, 2].map((i) => `all-idx3-ubyte.gz#${i}`),
    ]);
    expect(predictions[0]?.classes).toEqual(predictions[1]?.classes);
    expect(predictions[3]?.classes).toEqual(predictions[6]?.classes);
    const [first] = predictions;
    expect(first?.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  it('inverts a drawing on white', async () => {
    const pixels = (await rawPictures(1)).map((value) => 255 - value);
    await writeFile(join(folder, 'white.png'), png(pixels));
    const [plain, inverted] = await Promise.all([
      here(folder, 'predict', 'run', 'a.png'),
      here(folder, 'predict', 'run', 'white.png', '--invert'),
    ]);
    expect(inverted.stdout.replace('white.png', 'a.png')).toBe(plain.stdout);
    expect(plain.stdout).toMatch(/^a\.png  \d \d+\.\d %  \d \d+\.\d %  \d \d+\.\d %\n$/);
  });

  it('says what is wrong with a file', async () => {
    const large = PNG.sync.write(new PNG({ width: 64, height: 32 }));
    await writeFile(join(folder, 'large.png'), large);
    await writeFile(join(folder, 'text.png'), 'not a picture');
    await writeFile(join(folder, 'labels-idx1-ubyte'), Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 7]));
    const words = async (file: string): Promise<string> => {
      const { code, stderr } = await here(folder, 'predict', 'run', file);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await words('large.png')).toContain("28×28 pixels, 'large.png' has 32×64");
    expect(await words('text.png')).toContain("Cannot read 'text.png' as a PNG: it does not begin like one.");
    expect(await words('run')).toContain("Cannot read 'run': it is a folder");
    expect(await words('labels-idx1-ubyte')).toContain('not the one with the labels');
    expect(await words('missing.png')).toContain("There is no file 'missing.png'");
  });
});

describe('mapnet info', () => {
  it('says what a run is', async () => {
    const { code, stdout } = await mapnet(folder, ['info', 'run']);
    expect(code).toBe(0);
    expect(stdout).toContain('32 for 6,370 parameters (199 to 1)');
    expect(stdout).toContain(`${result.fingerprint} (verified)`);
  });

  it('finds one changed number', async () => {
    const bytes = await readFile(join(folder, 'run', 'latent.safetensors'));
    const damaged = await emptyFolder();
    bytes.writeFloatLE(bytes.readFloatLE(bytes.length - 4) + 1, bytes.length - 4);
    await writeFile(join(damaged, 'latent.safetensors'), bytes);
    await writeFile(join(damaged, 'config.json'), await readFile(join(folder, 'run', 'config.json')));
    const { code, stderr } = await here(damaged, 'info', '.');
    expect(code).toBe(1);
    expect(stderr).toContain('checksum');
    expect(stderr).not.toContain('    at ');
    expect((await here(damaged, 'info', '.', '--debug')).stderr).toContain('    at ');
  });

  it('gives the facts to a program', async () => {
    const { stdout } = await here(folder, 'info', 'run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      trainables: 32,
      verified: true,
      artifactBytes: result.artifactBytes,
    });
  });
});
