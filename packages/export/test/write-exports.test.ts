import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exportNetwork, latent, safetensors, tfjs, type ExportResult } from '@mapping-networks/export';
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

  describe('into a folder with earlier exports', () => {
    const made = (name: string, files: Readonly<Record<string, number>>, passed = true): ExportResult => ({
      name,
      spec: { use: name },
      files: Object.fromEntries(Object.entries(files).map(([file, size]) => [file, new Uint8Array(size)])),
      bytes: 0,
      tolerance: {},
      passed,
    });
    const all = async (): Promise<readonly string[]> => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .toSorted();
    };

    test('leaves no file of them that looks like one of these', async () => {
      await writeExports(folder, [
        made('onnx', { 'model.onnx': 3 }),
        made('tfjs', { 'model.json': 4, 'group1-shard1of2.bin': 5, 'group1-shard2of2.bin': 6 }),
        made('latent', { 'config.json': 7 }),
      ]);
      await writeExports(folder, [
        made('onnx', { 'model.onnx': 2 }, false),
        made('tfjs', { 'model.json': 4 }),
      ]);
      expect(await all()).toEqual(['exports.json', 'tfjs/model.json']);
      expect(await readdir(folder)).toHaveLength(2);
      const figures: unknown = JSON.parse(await readFile(join(folder, 'exports.json'), 'utf8'));
      expect(figures).toMatchObject([
        { name: 'onnx', files: {} },
        { name: 'tfjs', files: { 'model.json': 4 } },
      ]);
    });

    test('leaves what it has not written, and what someone has changed since', async () => {
      await writeExports(folder, [made('onnx', { 'model.onnx': 3, 'notes.txt': 5 })]);
      await writeFile(join(folder, 'onnx', 'mine.onnx'), 'abc');
      await writeFile(join(folder, 'onnx', 'notes.txt'), 'longer than before');
      await writeFile(join(folder, 'thesis.txt'), 'three years');
      await writeExports(folder, [made('latent', {})]);
      expect(await all()).toEqual(['exports.json', 'onnx/mine.onnx', 'onnx/notes.txt', 'thesis.txt']);
    });

    test.each([
      ['nonsense', '{'],
      ['another list', '[{"name":"onnx"}]'],
      ['a path outside', '[{"name":"../other","files":{"a.txt":3}},{"name":"..","files":{"a.txt":3}}]'],
      ['a path outside in a file', '[{"name":"onnx","files":{"../../other/a.txt":3,"..":3}}]'],
    ])('removes nothing by %s in exports.json', async (_what, text) => {
      await mkdir(join(folder, 'other'));
      await mkdir(join(folder, 'out', 'onnx'), { recursive: true });
      for (const file of ['other/a.txt', 'a.txt', 'out/onnx/a.txt'])
        await writeFile(join(folder, file), 'abc');
      await writeFile(join(folder, 'out', 'exports.json'), text);
      await writeExports(join(folder, 'out'), []);
      expect(await all()).toEqual(['a.txt', 'other/a.txt', 'out/exports.json', 'out/onnx/a.txt']);
    });

    test('follows no link', async () => {
      const exports = [made('onnx', { 'model.onnx': 3 })];
      await writeExports(join(folder, 'elsewhere'), exports);
      await writeExports(join(folder, 'out'), exports);
      await rm(join(folder, 'out', 'onnx'), { recursive: true });
      await symlink(join(folder, 'elsewhere', 'onnx'), join(folder, 'out', 'onnx'), 'junction');
      await writeExports(join(folder, 'out'), []);
      expect(await all()).toContain(join('elsewhere', 'onnx', 'model.onnx'));
    });
  });

  test('says where it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeExports(join(folder, 'file'), [])).rejects.toMatchObject({
      code: 'EXPORT_CANNOT_WRITE',
    });
  });
});
