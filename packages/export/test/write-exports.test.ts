import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportNetwork, latent, safetensors, tfjs } from '@mapping-networks/export';
import { writeExports } from '@mapping-networks/export/node';
import { mlp } from '@mapping-networks/targets';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { functionNetwork, inputsFor, networkOf } from './support/networks.ts';

describe('writeExports', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exports-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('writes each export to a folder of its own, and the figures of all', async () => {
    const model = networkOf(mlp({ inputShape: [6], hidden: [8], classes: 3 }));
    const results = await exportNetwork(model, [latent(), tfjs()], {
      inputs: inputsFor(model, 4),
      repeats: 1,
    });
    await writeExports(join(folder, 'new'), results);
    expect((await readdir(join(folder, 'new'))).toSorted()).toEqual(['exports.json', 'latent', 'tfjs']);
    for (const { name, files } of results) {
      for (const [file, bytes] of Object.entries(files)) {
        expect(new Uint8Array(await readFile(join(folder, 'new', name, file)))).toEqual(bytes);
      }
    }
    const figures: unknown = JSON.parse(await readFile(join(folder, 'new', 'exports.json'), 'utf8'));
    expect(figures).toMatchObject([
      { name: 'latent', passed: true, bytes: results[0]?.bytes, figures: { examples: 4, agreement: 1 } },
      { name: 'tfjs', spec: { use: 'tfjs', quantization: 'auto' }, files: { 'group1-shard1of1.bin': 332 } },
    ]);
  });

  test('writes nothing of an export that has not passed, but why', async () => {
    const model = functionNetwork();
    const exporters = [tfjs(), safetensors()];
    await writeExports(
      folder,
      await exportNetwork(model, exporters, { inputs: inputsFor(model, 2), repeats: 1 }),
    );
    expect((await readdir(folder)).toSorted()).toEqual(['exports.json', 'safetensors']);
    const figures: unknown = JSON.parse(await readFile(join(folder, 'exports.json'), 'utf8'));
    expect(figures).toMatchObject([
      { passed: false, error: { code: 'EXPORT_NOT_LAYERED' } },
      { passed: true },
    ]);
  });

  test('says where it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeExports(join(folder, 'file'), [])).rejects.toMatchObject({
      code: 'EXPORT_CANNOT_WRITE',
    });
  });
});
