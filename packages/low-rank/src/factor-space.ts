// The parameter space that the inner parameterization generates: that of the target with U and V in the place of every
// factorized matrix, and such that a fresh U V has the variance of a fresh matrix.
import { parameterSpace, type ParameterSpace } from '@mapping-networks/core';
import { factorSpecs, type Factor } from '@mapping-networks/runtime/canonical';
import { tooManyTensors } from './errors.ts';

/** More than a network from a file may have, 10,000. */
const MOST_TENSORS = 2 ** 14;

/**
 * `space` with `LAYER.u` and `LAYER.v` for each factorized matrix.
 *
 * @throws LOW_RANK_TOO_MANY_TENSORS
 */
export const factorSpace = (space: ParameterSpace, factors: readonly Factor[]): ParameterSpace => {
  const count = space.parameters.length + factors.length;
  if (count > MOST_TENSORS) throw tooManyTensors(count, MOST_TENSORS);
  return parameterSpace(factorSpecs(space, factors));
};
