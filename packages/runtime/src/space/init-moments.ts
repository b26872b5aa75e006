// The mean and standard deviation of a freshly initialised tensor: what a mapping scales its values to.
import type { ParameterSpec } from './parameter.ts';

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
 * import { initMoments } from '@mapping-networks/runtime/canonical';
 * console.log(initMoments({ init: { type: 'he' }, fanIn: 8, fanOut: 4 })); // { mean: 0, std: 0.5 }
 * ```
 */
export const initMoments = ({
  init,
  fanIn,
  fanOut,
}: Pick<ParameterSpec, 'init' | 'fanIn' | 'fanOut'>): Moments =>
  init.type === 'normal'
    ? { mean: init.mean, std: init.std }
    : { mean: 0, std: Math.sqrt(2 / (init.type === 'he' ? fanIn : fanIn + fanOut)) };
