// The page from the files of a folder.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment } from '../experiments/experiment.ts';
import { statusOf } from '../results/status.ts';
import type { GenerationTime } from './generation-time.ts';
import { page } from './page.ts';

const timesOf = async (root: string): Promise<readonly GenerationTime[]> => {
  const path = join(root, 'generation-time.json');
  if (!existsSync(path)) return [];
  return JSON.parse(await readFile(path, 'utf8')) as readonly GenerationTime[];
};

/** What README.md of `root` has to be. */
export const readPage = async (root: string, experiments: readonly Experiment[]): Promise<string> =>
  page(await statusOf(experiments, join(root, 'results')), await timesOf(root));
