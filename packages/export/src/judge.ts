// Whether an export keeps what it promises.
import type { ExportTolerance, MappingNetworksError } from '@mapping-networks/core';
import { beyondTolerance } from './errors.ts';
import type { ExportFigures } from './result.ts';

/**
 * What is wrong with an export; undefined where it is within its tolerance. Without labels the share of answers that
 * change stands for the loss of accuracy, which cannot be more than that. Of a single output no answer changes: there the
 * relative difference is what `tolerance.accuracy` limits.
 */
export const judge = (
  name: string,
  figures: ExportFigures,
  tolerance: ExportTolerance,
  outputs: number,
): MappingNetworksError | undefined => {
  const { maxDifference, relativeDifference, agreement, accuracy } = figures;
  const measured = outputs === 1 ? 'difference' : accuracy ? 'accuracy' : 'answers';
  const lostAccuracy = {
    difference: relativeDifference,
    accuracy: (accuracy?.source ?? 0) - (accuracy?.exported ?? 0),
    answers: 1 - agreement,
  }[measured];
  const within =
    maxDifference < Number.POSITIVE_INFINITY &&
    relativeDifference <= (tolerance.output ?? Number.POSITIVE_INFINITY) &&
    // Shares of a count, whose difference is rounded.
    lostAccuracy <= (tolerance.accuracy ?? Number.POSITIVE_INFINITY) + 1e-9;
  if (within) return undefined;
  return beyondTolerance({ name, tolerance, maxDifference, relativeDifference, lostAccuracy, measured });
};
