// Lines about a download: few, and true.
import { expect, test } from 'vitest';
import { downloadProgress } from '../src/idx/progress.ts';
import { official } from './download-fixtures.ts';

test('one a second at most, and only after another 5 per cent', () => {
  const lines: string[] = [];
  let now = 0;
  const onBytes = downloadProgress(
    'Set',
    official,
    (line) => lines.push(line),
    () => now,
  );
  const at = (ms: number, size: number): void => {
    now = ms;
    onBytes(size);
  };
  at(10, 2_000);
  at(999, 100_000);
  expect(lines).toEqual([]);
  at(1_000, 100_000);
  at(1_999, 190_000);
  at(2_000, 109_000);
  expect(lines).toEqual(['Set: file.gz 50 %, 0.1 of 0.2 MB']);
  at(2_001, 110_000);
  at(9_000, 110_001);
  expect(lines.slice(1)).toEqual(['Set: file.gz 55 %, 0.1 of 0.2 MB']);
  // Begun anew:
  at(10_000, 1_000);
  expect(lines.at(-1)).toBe('Set: file.gz 0 %, 0.0 of 0.2 MB');
});

test('a download that is taken up tells of what comes, not of what was there', () => {
  const lines: string[] = [];
  let now = 0;
  const onBytes = downloadProgress(
    'Set',
    official,
    (line) => lines.push(line),
    () => now,
  );
  now = 5_000;
  onBytes(150_000);
  onBytes(158_000);
  expect(lines).toEqual([]);
  onBytes(160_000);
  expect(lines).toEqual(['Set: file.gz 80 %, 0.2 of 0.2 MB']);
});
