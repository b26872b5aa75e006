// The dataset of a network that `mapnet export` wrote as a latent: export.json in the folder above it knows its options.
import type { Spec } from '@mapping-networks/core';
import { dirname, join } from 'node:path';
import { readAs } from '../run-folder/read-json.ts';
import { exportRecordSchema } from './export-record.ts';
import { EXPORT } from './write-export.ts';

/** Bytes of export.json; that of ten passes over a network of fifty layers has about 30 KB. */
const MOST_BYTES = 2 ** 22;

/** Undefined for a bundle that did not come about like this. */
export const exportedDataset = async (folder: string): Promise<Spec | undefined> => {
  const path = join(dirname(folder), EXPORT);
  // Some other file of that name says nothing of this network.
  const record = await readAs(exportRecordSchema, path, MOST_BYTES).catch(() => undefined);
  return record?.source.dataset;
};
