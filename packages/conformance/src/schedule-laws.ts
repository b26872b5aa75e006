// The law suite of schedules.
import type { Part } from '@mapping-networks/core';
import { expectFinite, expectSameBits } from './checks/arrays.ts';
import { aboveLimit, belowLimit } from './errors.ts';
import { law, type Law } from './law.ts';

const RUNS = [1, 2, 7, 100, 3000] as const;

/**
 * What every schedule must keep: a factor in [0, 1] at every step of runs of 1 to 3,000 steps, the same every time,
 * that reaches at least 0.9 of the peak in a long run.
 *
 * @example
 * ```ts
 * import { scheduleLaws } from '@mapping-networks/conformance';
 * import { cosine } from '@mapping-networks/train';
 * for (const law of scheduleLaws(cosine())) await law.check();
 * ```
 */
export const scheduleLaws = ({ impl }: Part<'schedule'>): readonly Law[] => {
  const factors = (steps: number): number[] =>
    Array.from({ length: steps }, (_, step) => impl.factor(step, steps));
  return RUNS.flatMap((steps) => [
    law(`${steps} steps: the factor is finite and lies in [0, 1]`, () => {
      expectFinite('factor', factors(steps));
      const [least, most] = [Math.min(...factors(steps)), Math.max(...factors(steps))];
      if (most > 1 + 1e-9)
        throw aboveLimit('factor', 1, most, 'The peak is 1; users set its height by the learning rate.');
      if (least < 0) throw belowLimit('factor', 0, least, 'A negative factor climbs.');
      if (most === 0)
        throw belowLimit('largest factor', Number.MIN_VALUE, most, 'A run of zeros learns nothing.');
    }),
    law(`${steps} steps: the same step gives the same factor, in any order`, () => {
      const backwards = factors(steps).map((_, i) => impl.factor(steps - 1 - i, steps));
      expectSameBits('factor', backwards.toReversed(), factors(steps));
    }),
    ...(steps < 1000
      ? []
      : [
          law(`${steps} steps: the peak is reached`, () => {
            const most = Math.max(...factors(steps));
            if (most < 0.9)
              throw belowLimit('largest factor', 0.9, most, 'Scale the schedule so that its peak is 1.');
          }),
        ]),
  ]);
};
