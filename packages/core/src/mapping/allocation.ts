// Shares a budget of latent dimensions among layers.
import { allocateDims, type Allocation } from '@mapping-networks/runtime/canonical';
import { requireArgument, requireWhole } from '../argument.ts';
import { invalidAllocation, latentTooLarge } from '../errors.ts';
import { MOST_PARAMETERS, requireSpace, type ParameterSpace } from '../space/parameter-space.ts';

/**
 * Latent dimensions for each layer, in order, summing to `latentDim`. Every layer gets at least 1 and at most its size;
 * what a cap leaves over goes to the other layers by the same weights; fractions go to the largest remainders.
 *
 * @throws CORE_LATENT_TOO_LARGE when latentDim exceeds P or is below the number of layers, CORE_INVALID_ALLOCATION
 * @example
 * ```ts
 * import { allocate, kernel, parameterSpace } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('wide', [20, 20]), kernel('narrow', [10, 10])]);
 * console.log(allocate(space, 30, 'sqrt'), allocate(space, 30, 'proportional')); // [20, 10] [24, 6]
 * ```
 */
export const allocate = (
  space: ParameterSpace,
  latentDim: number,
  allocation: Allocation,
): readonly number[] => {
  requireSpace('allocate', space);
  requireWhole('allocate', 'latentDim', latentDim, 1, MOST_PARAMETERS);
  requireArgument(
    Array.isArray(allocation) || allocation === 'sqrt' || allocation === 'proportional',
    'allocate',
    'allocation',
    "'proportional', 'sqrt' or a list of whole numbers",
    allocation,
  );
  const sizes = space.layers.map(({ size }) => size);
  if (latentDim > space.size || latentDim < sizes.length)
    throw latentTooLarge(latentDim, sizes.length, space.size);
  if (typeof allocation === 'string') return allocateDims(sizes, latentDim, allocation);
  const fits =
    allocation.length === sizes.length && allocation.every((dim, i) => dim <= (sizes[i] as number));
  if (!fits || allocation.reduce((total, dim) => total + dim, 0) !== latentDim)
    throw invalidAllocation(allocation, space.layers, latentDim);
  return allocation;
};
