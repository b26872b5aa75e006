// What `mapnet export` says of figures that are out of the ordinary: slow networks, large differences, lost accuracy,
// files that stay large.
import type { ExportRecord } from '@mapping-networks/cli';
import { createRegistry, type PassReport } from '@mapping-networks/core';
import { builtins } from 'mapping-networks';
import { describe, expect, it } from 'vitest';
import { sayExport } from '../src/export/say-export.ts';
import { exportWarnings, passWarnings } from '../src/export/warnings.ts';

const figures = (accuracy: number, weightBytes = 1000): PassReport['after'] => ({
  validation: { loss: 1, accuracy },
  parameters: 1000,
  nonzero: 1000,
  sparsity: 0,
  trainables: 10,
  bundleBytes: 1000,
  weightBytes,
});

const report = (use: string, from: number, to: number, options = {}): PassReport => ({
  pass: { use, ...options },
  before: figures(from),
  after: figures(to),
  outputs: { worst: 1560.4, mean: 1 },
  seconds: 1,
  details: {},
});

const timed = (single: number, batch: number): ExportRecord['exports'][number] => ({
  name: 'slow',
  spec: { use: 'slow' },
  files: {},
  bytes: 2048,
  tolerance: {},
  passed: true,
  figures: {
    runtime: 'test',
    examples: 1,
    maxDifference: 0.25,
    meanDifference: 0.1,
    relativeDifference: 0.1,
    agreement: 1,
    accuracy: { source: 0.75, exported: 0.5 },
    latency: { single: { median: single, min: 0 }, batch: { median: batch, min: 0 } },
  },
});

const said = (record: Partial<ExportRecord>): string => {
  let text = '';
  const told = {
    out: 'out',
    passes: [],
    comparedOn: { split: 'test', examples: 1 },
    exports: [timed(1, 1)],
    ...record,
  } as const;
  sayExport(told, { write: (words: string) => (text += words) });
  return text;
};

describe('the tables', () => {
  it.each([
    [0.0612, '0.061 ms'],
    [9.96, '10 ms'],
    [586.7, '587 ms'],
    [999.4, '999 ms'],
    [1400, '1.4 s'],
    [75_000, '1 min 15 s'],
  ])('say %d ms as %s', (milliseconds, words) => {
    expect(said({ exports: [timed(1, milliseconds)] })).toContain(`  ${words}  test\n`);
  });

  it('say large differences as whole numbers, and never as powers of ten', () => {
    expect(said({ passes: [report('prune', 1, 1)] })).toMatch(/^prune .* resized +1,560 +1\.0 s$/m);
  });

  it('hold the accuracy of the network beside those of its exports, and count one example', () => {
    const text = said({});
    expect(text).toContain('compared on 1 example of the test split:');
    expect(text).toMatch(/^network +75\.00 %$/m);
    expect(text).toMatch(/^slow +2\.0 KB +0\.25 +50\.00 %/m);
  });
});

describe('CLI_LOST_ACCURACY', () => {
  const warned = (reports: readonly PassReport[], short = true): readonly string[] =>
    passWarnings(reports, createRegistry(builtins), short).map(({ code, message }) => `${code} ${message}`);

  it('is said of more than three points, with the flag that trains on', () => {
    expect(warned([report('prune', 0.988, 0.63)])).toEqual([
      "CLI_LOST_ACCURACY pass 'prune' takes the accuracy on validation from 98.80 % to 63.00 %, and nothing was trained on: --fine-tune 2 trains on for two epochs",
    ]);
    expect(warned([report('prune', 0.988, 0.96)])).toEqual([]);
    expect(warned([report('prune', 0.6, 0.9)])).toEqual([]);
  });

  it('is not said where the pass has trained on', () => {
    expect(warned([report('prune', 0.988, 0.63, { fineTune: { epochs: 1 } })])).toEqual([]);
  });

  it('names what each pass has: options in JSON, or none to train on with', () => {
    expect(warned([report('prune', 0.9, 0.6)], false)[0]).toContain('"fineTune":{"epochs":2} in its JSON');
    expect(warned([report('quantizeLatent', 0.9, 0.6)])[0]).toContain('options that change less');
  });
});

describe('CLI_LARGE_EXPORT', () => {
  const result = (bytes: number, passed = true) => ({ name: 'tfjs', bytes, passed });
  const left = { weightBytes: 100_000, bundleBytes: 20_000 };
  const warned = (...results: readonly ReturnType<typeof result>[]): readonly string[] =>
    exportWarnings(results, left).map(({ code, message }) => `${code} ${message}`);

  it('is said of files of more than twice what the weights fit into', () => {
    const large = "CLI_LARGE_EXPORT export 'tfjs' takes 390.6 KB for weights that fit into 97.7 KB: ";
    expect(warned(result(400_000), result(150_000), result(400_000, false))).toEqual([
      expect.stringContaining(large),
    ]);
    expect(warned(result(210_000))).toEqual([]);
  });

  it('names the exports that are smaller, or the latent where there are none', () => {
    const onnx = { ...result(150_000), name: 'onnx' };
    const failed = { ...result(10, false), name: 'safetensors' };
    expect(warned(result(400_000), onnx, failed)[0]).toContain(' in less. Smaller: onnx 146.5 KB. Options');
    expect(warned(result(400_000), failed)[0]).toContain(' in less. Smaller: latent 19.5 KB. Options');
  });
});
