// The dataset of a network that `mapnet export` wrote as a latent: export.json in the folder above it knows its options.
import type { Spec } from '@mapping-networks/core';
import { dirname } from 'node:path';
import { readExportRecord } from './read-export.ts';

/** Undefined for a bundle that did not come about like this. */
export const exportedDataset = async (folder: string): Promise<Spec | undefined> =>
  (await readExportRecord(dirname(folder)))?.source.dataset;
