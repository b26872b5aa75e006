// Shares a budget of latent dimensions among layers.
import { match, P } from 'ts-pattern';
import { requireArgument, requireWhole } from '../argument.ts';
import { invalidAllocation, latentTooLarge } from '../errors.ts';
import { MOST_PARAMETERS, requireSpace, type ParameterSpace } from '../space/parameter-space.ts';
import type { Allocation } from './options.ts';

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
  return match(allocation)
    .with('proportional', () => share(latentDim, sizes, sizes))
    .with('sqrt', () => share(latentDim, sizes, sizes.map(Math.sqrt)))
    .with(P.array(P.number), (given) => {
      const fits = given.length === sizes.length && given.every((dim, i) => dim <= (sizes[i] as number));
      if (!fits || sum(given) !== latentDim) throw invalidAllocation(given, space.layers, latentDim);
      return given;
    })
    .exhaustive();
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const share = (total: number, caps: readonly number[], weights: readonly number[]): readonly number[] => {
  const capped = new Set<number>();
  for (;;) {
    const open = caps.map((_, i) => i).filter((i) => !capped.has(i));
    const left = total - sum([...capped].map((i) => caps[i] as number));
    const weight = sum(open.map((i) => weights[i] as number));
    const ideal = (i: number): number => (left * (weights[i] as number)) / weight;
    const over = open.filter((i) => ideal(i) > (caps[i] as number));
    if (over.length === 0) return round(total, caps, (i) => (capped.has(i) ? (caps[i] as number) : ideal(i)));
    over.forEach((i) => capped.add(i));
  }
};

/** Whole numbers of at least 1 and at most the cap that sum to `total`, near the ideal shares. */
const round = (total: number, caps: readonly number[], ideal: (i: number) => number): readonly number[] => {
  const dims = caps.map((cap, i) => Math.min(cap, Math.max(1, Math.floor(ideal(i)))));
  const byNeed = (sign: number) => (i: number, j: number) =>
    sign * (ideal(j) - (dims[j] as number) - (ideal(i) - (dims[i] as number))) || i - j;
  for (let rest = total - sum(dims); rest !== 0; rest = total - sum(dims)) {
    const step = Math.sign(rest);
    const movable = caps
      .map((_, i) => i)
      .filter((i) => {
        const next = (dims[i] as number) + step;
        return next >= 1 && next <= (caps[i] as number);
      });
    for (const i of movable.sort(byNeed(step)).slice(0, Math.abs(rest))) dims[i] = (dims[i] as number) + step;
  }
  return dims;
};
