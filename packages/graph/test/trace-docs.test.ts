// The page of supported kernels says what the table of kernels holds.
import { readFileSync } from 'node:fs';
import { SUPPORTED_KERNELS } from '@mapping-networks/graph';
import { expect, it } from 'vitest';
import { KERNEL_FAMILIES } from '../src/trace/kernel-table.ts';

const page = readFileSync(new URL('../../../docs/guides/kernels.md', import.meta.url), 'utf8');

/** Cells of the rows of the table, without its head. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('docs/guides/kernels.md lists every kernel in its family', () => {
  const listed = rows.map(([, family, kernels = '']) => [
    family,
    [...kernels.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  ]);
  const families = Object.entries(KERNEL_FAMILIES).map(([family, kernels]) => [
    family,
    Object.keys(kernels).toSorted(),
  ]);
  expect(listed).toEqual(families);
  expect(SUPPORTED_KERNELS).toHaveLength(new Set(SUPPORTED_KERNELS).size);
});
