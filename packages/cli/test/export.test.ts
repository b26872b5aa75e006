// `mapnet export`: passes and exports of a small run, what is written and what is not, and what a program gets.
import { exportRecordSchema, type ExportRecord } from '@mapping-networks/cli';
import type { ExportResult } from '@mapping-networks/export';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkedRecord } from '../src/export/export-record.ts';
import { writeExport } from '../src/export/write-export.ts';
import { emptyFolder, here, mapnet, small, type Finished } from './mapnet.ts';

const schemaFile = new URL('../schema/export.schema.json', import.meta.url);

let folder: string;
let exported: Finished;
let record: ExportRecord;

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
const recordIn = async (out: string): Promise<ExportRecord> =>
  exportRecordSchema.parse(JSON.parse(await readFile(join(folder, out, 'export.json'), 'utf8')));

beforeAll(async () => {
  folder = await emptyFolder();
  await here(folder, 'train', ...small, '--out', 'run', '--quiet');
  const flags = '--prune 0.9 --fine-tune 1 --quantize int8 --to onnx,latent --examples 20 --json';
  exported = await mapnet(folder, ['export', 'run', ...flags.split(' ')]);
  record = JSON.parse(lastLine(exported.stdout)) as ExportRecord;
}, 60_000);

describe('mapnet export', () => {
  it('writes a folder for each export, and what is known of them', async () => {
    expect(exported.code, exported.stderr).toBe(0);
    expect((await readdir(join(folder, 'run', 'export'))).toSorted()).toEqual([
      'export.json',
      'latent',
      'onnx',
    ]);
    expect(await readdir(join(folder, 'run', 'export', 'onnx'))).toEqual(['model.onnx']);
    expect(await recordIn(join('run', 'export'))).toEqual(record);
    for (const { name, files, bytes } of record.exports) {
      const sizes = Object.entries(files);
      for (const [file, size] of sizes)
        expect((await readFile(join(folder, 'run', 'export', name, file))).length).toBe(size);
      expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBe(bytes);
    }
  });

  it('prints one object on stdout, by the published schema, and words on stderr', async () => {
    expect(exported.stdout.trim().split('\n')).toHaveLength(1);
    const published = JSON.parse(await readFile(schemaFile, 'utf8')) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(published);
    expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(exportRecordSchema))));
    expect(exported.stderr).toMatch(
      /^ +validation accuracy +weights +bundle +zeros +max \|Δw\| +max \|Δ output\| +time$/m,
    );
    expect(exported.stderr).toMatch(/^prune +\d+\.\d\d % .* 90\.0 % /m);
    expect(exported.stderr).toMatch(/^onnx +[\d.]+ KB .* onnxruntime-node/m);
    expect(exported.stderr).toContain('wrote run/export');
  });

  it('prunes to the share that was asked for, in the order that loses nothing', () => {
    expect(record.passes.map(({ pass }) => pass.use)).toEqual(['prune', 'quantize']);
    expect(record.warnings).toEqual([]);
    const [pruned, quantized] = record.passes;
    expect(pruned?.before.nonzero).toBe(6370);
    expect(pruned?.after.nonzero).toBe(637);
    expect(pruned?.pass['fineTune']).toEqual({ epochs: 1 });
    expect(quantized?.after.weightBytes).toBeLessThan(quantized?.before.weightBytes ?? 0);
    expect(quantized?.before.weightBytes).toBeLessThan((pruned?.before.weightBytes ?? 0) / 4);
    expect(record.test?.before).toMatchObject({ accuracy: expect.any(Number) as number });
  });

  it('compares exports on as many examples as were asked for', () => {
    expect(record.comparedOn).toEqual({ split: 'test', examples: 20 });
    for (const { figures, passed } of record.exports) {
      expect(passed).toBe(true);
      expect(figures?.examples).toBe(20);
      expect(figures?.relativeDifference).toBeLessThan(1e-4);
    }
  });

  it('gives a latent that can be read like a run, with the weights that were exported', async () => {
    const latent = join('run', 'export', 'latent');
    const known = JSON.parse((await here(folder, 'info', latent, '--json')).stdout) as {
      fingerprint: string;
    };
    expect(known.fingerprint).toBe(record.source.exportedFingerprint);
    expect(known.fingerprint).not.toBe(record.source.fingerprint);
    const above = await here(folder, 'eval', join('run', 'export'));
    expect(above).toMatchObject({ code: 1, stdout: '' });
    expect(above.stderr).toMatch(/holds exports\. Name 'run.export.latent'.*\(CLI_NO_RUN\)/);
    const { code, stdout } = await here(folder, 'eval', latent, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ examples: 60, scores: record.test?.after });
    const again = await here(
      folder,
      'export',
      latent,
      '--to',
      'latent',
      '--out',
      'again',
      '--json',
      '--quiet',
    );
    expect(JSON.parse(lastLine(again.stdout))).toMatchObject({
      passes: [],
      test: { before: record.test?.after, after: record.test?.after },
      source: { fingerprint: known.fingerprint, exportedFingerprint: known.fingerprint },
    });
  });

  it('leaves the run as it is, and does the same again', async () => {
    const flags = '--prune 0.9 --fine-tune 1 --quantize int8 --to latent --examples 20 --out second --json';
    const { stdout } = await here(folder, 'export', 'run', ...flags.split(' '));
    expect(JSON.parse(stdout)).toMatchObject({
      source: {
        fingerprint: record.source.fingerprint,
        exportedFingerprint: record.source.exportedFingerprint,
      },
    });
  });
});

describe('passes in an order of the user’s', () => {
  it('run as they are written, with a warning where that loses something', async () => {
    const args = ['{"use":"quantize","type":"int4"}', '{"use":"prune","structure":"2:4"}', 'prune'].flatMap(
      (pass) => ['--pass', pass],
    );
    const to = ['--to', 'latent', '--out', 'order', '--verbose'];
    const { code, stdout } = await here(folder, 'export', 'run', ...args, ...to);
    expect(code).toBe(0);
    expect(stdout).toContain("warning: pass 'prune' comes after 'quantize': ");
    expect(stdout).toContain('quantize(type: int4');
    const { passes, warnings } = await recordIn('order');
    expect(passes.map(({ pass }) => pass.use)).toEqual(['quantize', 'prune', 'prune']);
    const codes = warnings.map(({ code: each }) => each);
    expect(codes.filter((each) => each.startsWith('CORE_'))).toEqual(['CORE_PASS_ORDER', 'CORE_PASS_ORDER']);
  });

  it('that cost much and train nothing on are told what would: CLI_LOST_ACCURACY', async () => {
    const flags = '--prune 0.99 --to latent --out lost --json'.split(' ');
    const { stdout, stderr } = await here(folder, 'export', 'run', ...flags);
    expect(stderr).toMatch(
      /^warning: pass 'prune' takes the accuracy on validation from [\d.]+ % to [\d.]+ %, .*: --fine-tune 2 /m,
    );
    expect(JSON.parse(stdout)).toMatchObject({ warnings: [{ code: 'CLI_LOST_ACCURACY' }] });
  });

  it('are ranks, or the energy to keep', async () => {
    for (const rank of ['2', '0.5']) {
      const { code } = await here(
        folder,
        'export',
        'run',
        '--low-rank',
        rank,
        '--to',
        'latent',
        '--out',
        `r${rank}`,
      );
      expect(code).toBe(0);
    }
    expect((await recordIn('r2')).passes[0]?.pass).toMatchObject({ use: 'factorize', rank: 2 });
    expect((await recordIn('r0.5')).passes[0]?.pass).toMatchObject({ use: 'factorize', energy: 0.5 });
  });
});

describe('an export that fails', () => {
  it('beyond its tolerance is not written, the others are: EXPORT_BEYOND_TOLERANCE', async () => {
    const exact = '{"use":"onnx","tolerance":{"output":0}}';
    const { code, stderr } = await here(
      folder,
      'export',
      'run',
      '--to',
      exact,
      '--to',
      'latent',
      '--out',
      'half',
    );
    expect(code).toBe(1);
    expect(stderr).toContain("Export 'onnx' is beyond its tolerance");
    expect(stderr).toContain('(EXPORT_BEYOND_TOLERANCE)');
    expect((await readdir(join(folder, 'half'))).toSorted()).toEqual(['export.json', 'latent']);
    const { exports } = await recordIn('half');
    expect(exports.map(({ name, passed, files }) => [name, passed, Object.keys(files).length])).toEqual([
      ['onnx', false, 0],
      ['latent', true, 2],
    ]);
    expect(exports[0]?.error?.code).toBe('EXPORT_BEYOND_TOLERANCE');
  });

  it('alone leaves no folder', async () => {
    const exact = '{"use":"onnx","tolerance":{"output":0}}';
    const { code } = await here(folder, 'export', 'run', '--to', exact, '--out', 'none');
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the folder of an export', () => {
  const files = { 'a.bin': Uint8Array.of(1, 2, 3) };
  const result: ExportResult = {
    name: 'mine',
    spec: { use: 'mine' },
    files,
    bytes: 3,
    tolerance: {},
    passed: true,
  };

  it('is complete or not there: CLI_CANNOT_WRITE_EXPORT where one has come in the meantime', async () => {
    await mkdir(join(folder, 'taken'));
    await writeFile(join(folder, 'taken', 'thesis.txt'), 'three years');
    const write = writeExport(join(folder, 'taken'), 'taken', [result], record);
    await expect(write).rejects.toMatchObject({ code: 'CLI_CANNOT_WRITE_EXPORT' });
    expect(await readdir(join(folder, 'taken'))).toEqual(['thesis.txt']);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes the place of an empty one', async () => {
    await mkdir(join(folder, 'empty'));
    await writeExport(join(folder, 'empty'), 'empty', [result], record);
    expect((await readdir(join(folder, 'empty'))).toSorted()).toEqual(['export.json', 'mine']);
  });

  it('holds nothing that JSON cannot say', () => {
    const [first, ...others] = record.exports;
    if (!first?.figures) throw new Error('expected figures');
    const figures = { ...first.figures, maxDifference: Number.NaN };
    const checked = checkedRecord({ ...record, exports: [{ ...first, figures }, ...others] });
    expect(checked.exports[0]?.figures?.maxDifference).toBeNaN();
    expect(JSON.stringify(checked)).toContain('"maxDifference":null');
  });
});

describe('what is refused before anything is done', () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await here(folder, 'export', ...args);
    expect(code, stderr).toBe(2);
    return stderr;
  };

  it.each([
    ['run', '--to', 'latent', 'CLI_EXPORT_EXISTS'],
    ['run', '--out', 'x', 'CLI_NO_EXPORTER'],
    ['run', '--to', '{"use"', '--out', 'x', 'CLI_BAD_SPEC'],
    ['run', '--pass', '[', '--to', 'latent', '--out', 'x', 'CLI_BAD_SPEC'],
    ['run', '--to', 'latent', '--prune', '0.5', '--pass', 'prune', '--out', 'x', 'CLI_PASSES_AND_FLAGS'],
    ['run', '--to', 'latent', '--fine-tune', '1', '--pass', 'prune', '--out', 'x', 'CLI_PASSES_AND_FLAGS'],
    ['run', '--to', 'latent', '--fine-tune', '1', '--out', 'x', 'CLI_NOTHING_TO_FINE_TUNE'],
    ['run', '--to', 'latent', '--prune-scope', 'layer', '--out', 'x', 'CLI_SCOPE_WITHOUT_PRUNE'],
    ['run', '--to', 'latent', '--precision', 'int8', '--out', 'x', 'CLI_NOTHING_PRECISE'],
    ['run', '--to', 'latent,onxn', '--out', 'x', 'CORE_UNKNOWN_NAME'],
    ['run', '--to', 'latent', '--pass', '{"use":"prune","sparsity":2}', '--out', 'x', 'CORE_INVALID_OPTIONS'],
  ])('%s %s %s %s %s %s', async (...line) => {
    const code = line.at(-1) ?? '';
    expect(await refused(...line.slice(0, -1))).toContain(`(${code})`);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('Ctrl-C', () => {
  it('ends a training that is under way; nothing is exported', async () => {
    const flags = '--prune 0.9 --fine-tune 10000 --to latent --out late'.split(' ');
    const { code, stderr } = await mapnet(folder, ['export', 'run', ...flags], (child, stdout) => {
      if (stdout.includes('Epoch 2 of 10000')) child.kill('SIGINT');
    });
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'interrupted; nothing was exported\n' });
    expect((await readdir(folder)).filter((name) => name === 'late' || name.endsWith('.tmp'))).toEqual([]);
  });
});
