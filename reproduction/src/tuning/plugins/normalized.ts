// A dataset whose inputs are normalised once more: x → (x − mean) / std.
import { definePlugin, type Batch, type Part, type Plugin, type Split } from '@mapping-networks/core';
import { z } from 'zod';

export interface NormalizedOptions {
  readonly dataset: Part<'dataset'>;
  /** Of the inputs as the dataset gives them. */
  readonly mean: number;
  readonly std: number;
}

type Pair = Pick<NormalizedOptions, 'mean' | 'std'>;

const normalizedSplit = (split: Split, { mean, std }: Pair): Split => ({
  size: split.size,
  batch: (indices, augment): Batch => {
    const batch = split.batch(indices, augment);
    return { ...batch, x: batch.x.map((value) => (value - mean) / std) };
  },
});

export const normalized: Plugin<
  'dataset',
  'normalized',
  Pick<NormalizedOptions, 'dataset'> & Partial<NormalizedOptions>,
  NormalizedOptions
> = definePlugin({
  kind: 'dataset',
  name: 'normalized',
  summary: 'A dataset with inputs of another mean and spread.',
  options: z.strictObject({ mean: z.number().default(0), std: z.number().gt(0).default(1) }),
  slots: { dataset: { kind: 'dataset' } },
  create: ({ dataset: { impl }, mean, std }) => {
    const { scale, mean: before, std: spread } = impl.info.normalization;
    const normalization = { scale, mean: before + spread * mean, std: spread * std };
    const info = { ...impl.info, normalization };
    return {
      info,
      load: async (context) => {
        const { train, validation, test } = await impl.load(context);
        const again = (split: Split): Split => normalizedSplit(split, { mean, std });
        return { info, train: again(train), validation: again(validation), test: again(test) };
      },
    };
  },
});
