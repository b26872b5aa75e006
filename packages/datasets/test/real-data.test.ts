// The official pictures, where MAPPING_NETWORKS_DATA names a folder with them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetSplits, Split } from '@mapping-networks/core';
import { fashionMnist, mnist } from '@mapping-networks/datasets';
import { describe, expect, test } from 'vitest';

const data = process.env['MAPPING_NETWORKS_DATA'] ?? '';
const absent = (folder: string): boolean => !existsSync(join(data || '.', data ? folder : '\0'));

const counts = (splits: readonly Split[]): number[] => {
  const found = Array.from({ length: 10 }, () => 0);
  for (const split of splits) {
    for (let i = 0; i < split.size; i++) {
      const label = split.batch([i]).y[0] ?? -1;
      found[label] = (found[label] ?? 0) + 1;
    }
  }
  return found;
};

const examine = ({ train, validation, test: testing }: DatasetSplits) => ({
  sizes: [train.size, validation.size, testing.size],
  training: counts([train, validation]),
  testing: counts([testing]),
});

test.skipIf(absent('mnist'))('MNIST has the published class counts', async () => {
  expect(examine(await mnist().impl.load())).toEqual({
    sizes: [55_000, 5_000, 10_000],
    training: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    testing: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  });
});

test.skipIf(absent('fashion-mnist'))('Fashion-MNIST is balanced', async () => {
  expect(examine(await fashionMnist().impl.load())).toEqual({
    sizes: [55_000, 5_000, 10_000],
    training: Array.from({ length: 10 }, () => 6_000),
    testing: Array.from({ length: 10 }, () => 1_000),
  });
});

describe.skipIf(absent('mnist'))('the pixels', () => {
  test('of MNIST have the published mean and deviation, 0.1307 and 0.3081', async () => {
    const { train, validation } = await mnist().impl.load();
    let [sum, squares, count] = [0, 0, 0];
    for (const split of [train, validation]) {
      for (let i = 0; i < split.size; i++) {
        for (const value of split.batch([i]).x) {
          const gray = (value + 1) / 2;
          sum += gray;
          squares += gray * gray;
          count++;
        }
      }
    }
    const mean = sum / count;
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / count - mean * mean)).toBeCloseTo(0.3081, 4);
  });
});
