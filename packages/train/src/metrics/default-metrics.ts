// The metrics of a run whose user named none.
import type { DatasetInfo, Part } from '@mapping-networks/core';
import { accuracy } from './accuracy.ts';
import { meanAbsoluteError } from './mean-error.ts';

/**
 * Accuracy for classification, mean absolute error for regression.
 *
 * @example
 * ```ts
 * import { defaultMetrics } from '@mapping-networks/train';
 * console.log(defaultMetrics('regression').map(({ name }) => name)); // ['meanAbsoluteError']
 * ```
 */
export const defaultMetrics = (task: DatasetInfo['task']): readonly Part<'metric'>[] =>
  task === 'classification' ? [accuracy()] : [meanAbsoluteError()];
