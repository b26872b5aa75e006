// Single weights by magnitude: the lowest of the whole network, of each layer, or of each tensor.
import type { ParameterSpace } from '@mapping-networks/core';
import { countKept, type Kept } from '../mask.ts';
import type { PruneOptions } from '../options.ts';
import { magnitudes, type Chooser } from './chooser.ts';
import { dropLowest } from './lowest.ts';

interface Stretch {
  readonly offset: number;
  readonly size: number;
}

const stretches = (space: ParameterSpace, scope: PruneOptions['scope']): readonly Stretch[] =>
  ({ global: [{ offset: 0, size: space.size }], layer: space.layers, tensor: space.parameters })[scope];

/** What stays when the lowest `sparsity` of one stretch of θ go: exactly round(size · sparsity), or more if they are gone. */
export const pruneStretch = (
  theta: Float32Array,
  kept: Kept,
  { offset, size }: Stretch,
  sparsity: number,
): Kept => {
  const own = kept.subarray(offset, offset + size);
  const scores = magnitudes(theta.subarray(offset, offset + size), own);
  const chosen = dropLowest(scores, Math.round(size * sparsity));
  const result = kept.slice();
  for (let i = 0; i < size; i++) if (chosen[i] === 0) result[offset + i] = 0;
  return result;
};

export const weightChooser = (space: ParameterSpace, scope: PruneOptions['scope']): Chooser => ({
  present: (kept) => 1 - countKept(kept) / kept.length,
  choose: (theta, kept, sparsity) =>
    stretches(space, scope).reduce((left, stretch) => pruneStretch(theta, left, stretch, sparsity), kept),
});
