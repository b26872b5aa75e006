// Observers look at activations while calibration inputs go through a network, and say what range a grid needs.
import { checkArgument, requireArgument } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import { z } from 'zod';
import { nonFiniteActivation, nothingObserved } from '../errors.ts';
import { entropyRange } from './entropy.ts';
import type { Observed, Range } from './observed.ts';
import { percentileRange } from './percentile.ts';

/** How an observer makes a range of what it sees. */
export type ObserverOptions =
  | { readonly type: 'minMax' }
  | {
      readonly type: 'percentile';
      /** Share of the numbers that lies below the upper end, in percent, and above the lower one. Default 99.99. */
      readonly percentile?: number;
    }
  | { readonly type: 'entropy' };

/** What was seen of one tensor. */
export interface Observer {
  /** Adds activations of a batch, in any layout; reads them only. */
  observe(values: Float32Array): void;
  /** The range to quantize to. Zero need not lie in it: `gridOf` sees to that. */
  range(): Range;
}

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('minMax') }),
  z.strictObject({
    type: z.literal('percentile'),
    percentile: z
      .number()
      .min(50)
      .max(100)
      .default(99.99)
      .describe(
        'Share of the numbers below the upper end of the range, and above the lower one, in percent.',
      ),
  }),
  z.strictObject({ type: z.literal('entropy') }),
]);

const minMaxRange = (): Observed => ({ add: () => {}, range: (extremes) => extremes });

/**
 * Gathers the range of one tensor over any number of batches.
 *
 * - `minMax`: from the lowest to the highest number.
 * - `percentile`: between the quantiles 1 − p and p, to 1 part in 4,096 of the largest magnitude.
 * - `entropy`: clipped at the threshold ±t where the distribution of magnitudes in 128 levels has the least
 *   Kullback-Leibler divergence from that in 2,048 bins (Migacz, TensorRT 2017). For activations of long tails.
 *
 * What is seen in parts gives the range of the whole, in any order.
 *
 * @throws CORE_INVALID_ARGUMENT for other options; QUANTIZE_NON_FINITE_ACTIVATION from `observe`,
 *   QUANTIZE_NOTHING_OBSERVED from `range` before anything was seen
 * @example
 * ```ts
 * import { createObserver, gridOf } from '@mapping-networks/quantize';
 * const observer = createObserver({ type: 'minMax' });
 * observer.observe(Float32Array.of(0, 0.5, 2));
 * observer.observe(Float32Array.of(-1, 4.1));
 * const { min, max } = observer.range();
 * console.log(gridOf(min, max, { type: 'uint8' })); // { scale: 0.0199…, zeroPoint: 50 }
 * ```
 */
export const createObserver = (options: ObserverOptions): Observer => {
  const observed = match(checkArgument('createObserver', 'options', schema, options))
    .with({ type: 'minMax' }, minMaxRange)
    .with({ type: 'percentile' }, ({ percentile }) => percentileRange(percentile))
    .with({ type: 'entropy' }, entropyRange)
    .exhaustive();
  const extremes = { min: Infinity, max: -Infinity };
  return {
    observe(values) {
      requireArgument(values instanceof Float32Array, 'observe', 'values', 'a Float32Array', values);
      const flaw = values.findIndex((value) => !Number.isFinite(value));
      if (flaw >= 0) throw nonFiniteActivation(flaw, values[flaw] ?? Number.NaN);
      for (const value of values) {
        if (value < extremes.min) extremes.min = value;
        if (value > extremes.max) extremes.max = value;
        observed.add(value);
      }
    },
    range() {
      if (extremes.min > extremes.max) throw nothingObserved();
      const { min, max } = observed.range({ ...extremes });
      // Not −0.
      return { min: min + 0, max: max + 0 };
    },
  };
};
