// Training a parameterization that is wrapped around another one: recorded, measured, reported, resumed like any other.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '@mapping-networks/cli';
import { emptyFolder, here, mapnet } from './mapnet.ts';

const config = {
  target: { use: 'mlp', hidden: [16] },
  dataset: { use: 'glyphs', train: 300, validation: 60, test: 60 },
  epochs: 4,
  batchSize: 50,
  checkpointEvery: 3,
  parameterization: {
    use: 'fakeQuantized',
    type: 'int8',
    inner: { use: 'lowRank', rank: { fc1: 4 }, inner: { use: 'mapping', latentDim: 48 } },
  },
};

let folder: string;
let result: Result;

beforeAll(async () => {
  folder = await emptyFolder();
  await writeFile(join(folder, 'lrd.json'), JSON.stringify(config));
  const { stdout } = await here(folder, 'train', '--config', 'lrd.json', '--out', 'run', '--json');
  result = JSON.parse(stdout) as Result;
}, 60_000);

describe('a low-rank mapping whose weights are rounded', () => {
  it('is recorded with all its options, and can be trained again from the record', async () => {
    expect(result).toMatchObject({
      parameterization: 'fakeQuantized',
      trainables: 48,
      targetParameters: 784 * 16 + 16 + 16 * 10 + 10,
      config: {
        parameterization: {
          use: 'fakeQuantized',
          inner: {
            use: 'lowRank',
            rank: { fc1: 4 },
            layers: 'dense',
            inner: { use: 'mapping', latentDim: 48 },
          },
        },
      },
    });
    await writeFile(join(folder, 'again.json'), JSON.stringify(result.config));
    const again = await here(folder, 'train', '--config', 'again.json', '--out', 'again', '--json');
    expect((JSON.parse(again.stdout) as Result).fingerprint).toBe(result.fingerprint);
  });

  it('is looked at and measured again', async () => {
    const known = await here(folder, 'info', 'run');
    expect(known.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'inner: lowRank(rank: {"fc1":4}, layers: dense, inner: mapping(latentDim: 48',
    );
    const { stdout } = await here(folder, 'eval', 'run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ scores: result.test });
    expect((await here(folder, 'report', 'run', '--out', 'page.html')).code).toBe(0);
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('fakeQuantized');
  });

  it('is resumed to the same bits', async () => {
    const args = ['train', '--config', 'lrd.json', '--out', 'cut'];
    const cut = await mapnet(folder, args, (child, stdout) => {
      if (stdout.includes('epoch 1/4')) child.kill('SIGINT');
    });
    expect(cut.code, cut.stderr).toBe(130);
    const { code, stdout, stderr } = await here(folder, 'resume', 'cut', '--json');
    expect(code, stderr).toBe(0);
    expect((JSON.parse(stdout) as Result).fingerprint).toBe(result.fingerprint);
  }, 60_000);

  it('says what a mask needs: it is not trained from nothing', async () => {
    const masked = { ...config, parameterization: { use: 'masked', inner: config.parameterization.inner } };
    await writeFile(join(folder, 'masked.json'), JSON.stringify(masked));
    const { code, stderr } = await here(folder, 'train', '--config', 'masked.json', '--out', 'masked');
    expect(code).toBe(1);
    expect(stderr).toContain('(TRAIN_MISSING_CONSTANTS)');
  });
});
