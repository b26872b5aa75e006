// `mapnet export`: what single formats take of the flags, and which of them are large for a network of low rank.
import { exportRecordSchema, type ExportRecord } from '@mapping-networks/cli';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, small } from './mapnet.ts';

let folder: string;

const recordIn = async (out: string): Promise<ExportRecord> =>
  exportRecordSchema.parse(JSON.parse(await readFile(join(folder, out, 'export.json'), 'utf8')));

beforeAll(async () => {
  folder = await emptyFolder();
  await here(folder, 'train', ...small, '--out', 'run', '--quiet');
}, 60_000);

describe('a network of low rank', () => {
  it('is large where a format holds the products: CLI_LARGE_EXPORT names what is smaller, without any pass', async () => {
    const words = (line: string): readonly string[] => line.split(' ');
    const data = words('--set dataset.train=300 --set dataset.validation=60 --set dataset.test=60');
    const parts = words(
      '--target mlp --dataset glyphs --epochs 1 --out low --quiet --set target.hidden=[40]',
    );
    const lowRank = ['--set', 'parameterization={"use":"lowRank","rank":2,"inner":"direct"}'];
    expect((await here(folder, 'train', ...parts, ...data, ...lowRank)).code).toBe(0);
    const to = words('--to safetensors,onnx --examples 10');
    const { stdout } = await here(folder, 'export', 'low', ...to);
    expect(stdout).toMatch(
      /^warning: export 'safetensors' takes 12\d\.\d KB for weights that fit into \d\.\d KB: .* Smaller: onnx \d+\.\d KB\. /m,
    );
    expect((await recordIn(join('low', 'export'))).warnings).toHaveLength(1);
  });
});

describe('--force', () => {
  const again = async (...flags: readonly string[]) =>
    here(folder, 'export', 'run', '--examples', '10', '--out', 'again', ...flags);

  it('puts an export in the place of an older one, once there is something to put there', async () => {
    await again('--to', 'safetensors,latent');
    const refused = await again('--to', 'onnx');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') as string });
    const failed = await again('--to', '{"use":"onnx","tolerance":{"output":0}}', '--force');
    expect(failed.code).toBe(1);
    expect((await readdir(join(folder, 'again'))).toSorted()).toEqual([
      'export.json',
      'latent',
      'safetensors',
    ]);
    expect((await again('--to', 'onnx,onnx', '--force')).code).toBe(0);
    expect((await readdir(join(folder, 'again'))).toSorted()).toEqual(['export.json', 'onnx']);
    expect((await recordIn('again')).exports.map(({ name }) => name)).toEqual(['onnx']);
  });

  it.each([
    [
      'a file of someone else',
      async () => writeFile(join(folder, 'again', 'onnx', 'thesis.txt'), 'three years'),
    ],
    [
      'a file that someone has changed',
      async () => writeFile(join(folder, 'again', 'onnx', 'model.onnx'), 'mine'),
    ],
    ['no record', async () => rm(join(folder, 'again', 'export.json'))],
  ])('leaves all of it where there is %s: CLI_EXPORT_EXISTS', async (_what, change) => {
    await rm(join(folder, 'again'), { recursive: true, force: true });
    await again('--to', 'onnx', '--force');
    await change();
    const before = await readdir(join(folder, 'again'), { recursive: true });
    const { code, stderr } = await again('--to', 'latent', '--force');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CLI_EXPORT_EXISTS') as string,
    });
    expect(await readdir(join(folder, 'again'), { recursive: true })).toEqual(before);
  });
});

describe('--precision', () => {
  it('goes to exporters that have it, and leaves the others as they are', async () => {
    const flags = '--to onnx,safetensors --precision float32 --out precise --examples 10'.split(' ');
    expect((await here(folder, 'export', 'run', ...flags)).code).toBe(0);
    const { exports } = await recordIn('precise');
    expect(exports.map(({ spec }) => [spec.use, spec['precision'], spec['type']])).toEqual([
      ['onnx', 'float32', undefined],
      ['safetensors', undefined, 'auto'],
    ]);
  });

  it('is refused where none has it, with the names of those that do', async () => {
    const flags = '--to latent,tfjs --precision int8 --out x'.split(' ');
    const { stderr } = await here(folder, 'export', 'run', ...flags);
    expect(stderr).toContain('--precision is an option of onnx; --to names latent, tfjs.');
    expect(stderr).toContain('mapnet list exporter');
  });
});
