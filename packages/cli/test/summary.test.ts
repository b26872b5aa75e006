// What a finished run says of itself, in windows of any width.
import { describe, expect, it } from 'vitest';
import { ratio } from '../src/format.ts';
import type { Result } from '../src/result.ts';
import { summaryLines } from '../src/summary.ts';

const scores = { loss: 0.25, accuracy: 0.9 };
const result: Result = {
  run: 'runs/first',
  target: 'mlp',
  parameterization: 'mapping',
  dataset: 'glyphs',
  engine: 'wasm',
  seed: 0,
  trainables: 64,
  targetParameters: 101_770,
  compression: 101_770 / 64,
  artifactBytes: 1234,
  epochs: 3,
  ended: 'patience',
  seconds: 12,
  train: scores,
  validation: scores,
  test: scores,
  gap: 0,
  fingerprint: '0'.repeat(64),
  config: { restoreBest: true },
};

describe('a summary', () => {
  it('is folded between words in a window, and keeps its lines elsewhere', () => {
    const [wide, narrow] = [undefined, 42].map((width) => summaryLines(result, width));
    expect(wide).toContain('size            64 numbers for 101,770 parameters (1,590 to 1), 1.2 KB');
    const rows = narrow?.flatMap((line) => line.split('\n')) ?? [];
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(42);
    expect(rows.join(' ').replaceAll(/ +/g, ' ')).toBe(wide?.join(' ').replaceAll(/ +/g, ' '));
  });

  it('says which network is kept, and one command on a line', () => {
    const lines = summaryLines(result);
    expect(lines).toContain('network         that of the best validated epoch (--restore-best)');
    expect(lines.slice(-2)).toEqual([
      'next            mapnet report runs/first',
      '                mapnet eval runs/first',
    ]);
    const last = summaryLines({ ...result, config: { restoreBest: false } });
    expect(last.join('\n')).not.toContain('restore-best');
  });
});

it.each([
  [1, '1.0 to 1'],
  [53.03, '53.0 to 1'],
  [99.94, '99.9 to 1'],
  [99.96, '100 to 1'],
  [10_177, '10,177 to 1'],
])('a compression of %d is said as %s', (value, text) => {
  expect(ratio(value)).toBe(text);
});
