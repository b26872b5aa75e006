// From an image set to a dataset: options, splits and augmentation are the same for the whole MNIST family.
import type { Dataset, DatasetSplits, LoadContext, OptionsSchema } from '@mapping-networks/core';
import { z } from 'zod';
import { arraySplit } from '../array-split.ts';
import { augmentationSchema, type Augmentation } from '../augmentation.ts';
import { tooFewExamples } from '../errors.ts';
import { holdOut, some } from '../hold-out.ts';
import type { ImageSet, ImageSetArrays } from './image-set.ts';

/** The whole options of `mnist` and `fashionMnist`. Sizes are at most what the files hold. */
export interface ImageSetOptions {
  /** A folder with the four official files, gzipped or not. Left out: MAPPING_NETWORKS_DATA, the cache, a download. */
  readonly folder?: string;
  /** Training examples, drawn by the seed from those that validation leaves. Default `'all'`. */
  readonly train: number | 'all';
  /** Validation examples, drawn by the seed out of the official training file. 0: none. Default 5,000. */
  readonly validation: number;
  /** Test examples, drawn by the seed from the official test file. Default `'all'`; figures to report need all. */
  readonly test: number | 'all';
  /** The seed of what is drawn. Default 0. */
  readonly seed: number;
  /** Random changes of training images. Default `{ shift: 0 }`: none. */
  readonly augment: Augmentation;
}

const examples = z.int().min(1).max(1_000_000);

const amount = z.union([examples, z.literal('all')]);

export const imageSetSchema: OptionsSchema<ImageSetOptions> = z.strictObject({
  folder: z.string().min(1).exactOptional().describe('Folder with the four official IDX files.'),
  train: amount.default('all').describe('Training examples.'),
  validation: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(5_000)
    .describe('Validation examples, out of the training file; 0: none.'),
  test: amount.default('all').describe('Test examples.'),
  seed: z.int().min(0).default(0).describe('The seed of what is drawn.'),
  augment: augmentationSchema,
});

export const imageSetDataset = (set: ImageSet, options: ImageSetOptions): Dataset => {
  const location = options.folder === undefined ? {} : { folder: options.folder };
  return {
    info: set.info,
    load: async (context: LoadContext = {}) => {
      const { readImageSet } = await import('./files.ts');
      return imageSplits(set, await readImageSet(set, location, context), options);
    },
    locate: async () => (await import('./files.ts')).locateImageSet(set, location),
  };
};

const imageSplits = (
  { info }: ImageSet,
  { train, test }: ImageSetArrays,
  options: ImageSetOptions,
): DatasetSplits => {
  const { validation, seed, augment } = options;
  const available = train.labels.length;
  const training = options.train === 'all' ? 1 : options.train;
  if (training + validation > available) {
    throw tooFewExamples(
      info.title,
      `${training} training and ${validation} validation examples were asked for`,
      available,
    );
  }
  const testing = test.labels.length;
  if (options.test !== 'all' && options.test > testing) {
    throw tooFewExamples(info.title, `${options.test} test examples were asked for`, testing);
  }
  const rows = holdOut(available, validation, seed);
  const testRows = Int32Array.from({ length: testing }, (_, row) => row);
  return {
    info,
    train: arraySplit(info, train, { rows: some(rows.train, options.train, seed, 'train'), augment }),
    validation: arraySplit(info, train, { rows: rows.validation }),
    test: arraySplit(info, test, { rows: some(testRows, options.test, seed, 'test') }),
  };
};
