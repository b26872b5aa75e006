// The built-in datasets keep all laws. Those that are read from files are checked where MAPPING_NETWORKS_DATA has them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { datasetLaws, partLaws } from '@mapping-networks/conformance';
import type { Part } from '@mapping-networks/core';
import { fashionMnist, glyphs, mnist } from '@mapping-networks/datasets';
import { describe, test } from 'vitest';

const folder = process.env['MAPPING_NETWORKS_DATA'];
const has = (name: string): boolean => folder !== undefined && existsSync(join(folder, name));
const augment = { shift: 2 };

const parts: readonly Part<'dataset'>[] = [
  glyphs({ train: 500, validation: 100, test: 100 }),
  glyphs({ train: 500, validation: 0, test: 100 }),
  ...(has('mnist') ? [mnist({ augment })] : []),
  ...(has('fashion-mnist') ? [fashionMnist({ augment, train: 4000 })] : []),
];

describe.each(parts)('$name', (part) => {
  for (const { name, check } of datasetLaws(part)) test(name, check);
  for (const { name, check } of partLaws(part, [glyphs, mnist, fashionMnist])) test(name, check);
});
