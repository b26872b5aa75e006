// The mean and standard deviation of a freshly initialised tensor: what a mapping scales its values to.
import { match } from 'ts-pattern';
import type { ParameterSpec } from './parameter-space.ts';

/** Mean and standard deviation of the elements of a tensor; `std` is at least 0. */
export interface Moments {
  readonly mean: number;
  readonly std: number;
}

/**
 * Mean and standard deviation that `spec.init` declares. Exact IEEE arithmetic: the same bits everywhere.
 *
 * @example
 * ```ts
 * import { initMoments } from '@mapping-networks/core';
 * console.log(initMoments({ init: { type: 'he' }, fanIn: 8, fanOut: 4 })); // { mean: 0, std: 0.5 }
 * ```
 */
export const initMoments = ({
  init,
  fanIn,
  fanOut,
}: Pick<ParameterSpec, 'init' | 'fanIn' | 'fanOut'>): Moments =>
  match(init)
    .with({ type: 'he' }, () => ({ mean: 0, std: Math.sqrt(2 / fanIn) }))
    .with({ type: 'glorot' }, () => ({ mean: 0, std: Math.sqrt(2 / (fanIn + fanOut)) }))
    .with({ type: 'normal' }, ({ mean, std }) => ({ mean, std }))
    .exhaustive();
