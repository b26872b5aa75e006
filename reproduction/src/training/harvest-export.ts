// What `mapnet export` made of a network, from the record that it leaves.
import { exportRecordSchema } from '@mapping-networks/cli';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompressedResult, SplitScores } from '../results/seed-result.ts';
import { rounded } from './rounded.ts';

/** Scores on the test split, bytes of the bundle, and what is left, after all passes. */
export const harvestExport = async (folder: string): Promise<CompressedResult> => {
  const text = await readFile(join(folder, 'export.json'), 'utf8');
  const { passes, test } = exportRecordSchema.parse(JSON.parse(text));
  const last = passes.at(-1)?.after;
  if (last === undefined || test === undefined)
    throw new Error(`${folder}: expected passes and a test split, got an export without.`);
  const scores = Object.entries(test.after).map(([name, value]) => [name, rounded(value)] as const);
  return {
    test: { loss: Number.NaN, ...Object.fromEntries(scores) } satisfies SplitScores,
    bytes: last.bundleBytes,
    nonZero: last.nonzero,
    seconds: Math.round(passes.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
};
