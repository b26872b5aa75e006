// A split that is measured or looked at has examples: a dataset may hold none out for validation.
import type { DatasetSplits } from '@mapping-networks/core';
import { emptySplit } from './errors.ts';

/** @throws CLI_EMPTY_SPLIT */
export const requireExamples = (splits: DatasetSplits, split: 'train' | 'validation' | 'test'): void => {
  if (splits[split].size === 0) throw emptySplit(splits.info.title, split);
};
