// N:M: of every m weights in a row along the fan-in of a unit, the n largest stay. Biases and gains are left alone.
import type { ParameterSpace, PlacedParameter } from '@mapping-networks/core';
import { countKept, type Kept } from '../mask.ts';
import type { NOfM } from '../options.ts';
import { magnitudes, type Chooser } from './chooser.ts';
import { dropLowest } from './lowest.ts';

/** A last group of fewer than m weights keeps at most n as well. */
const pruneKernel = (
  scores: Float32Array,
  { offset, size, shape }: PlacedParameter,
  { n, m }: NOfM,
  result: Kept,
): void => {
  const units = shape.at(-1) ?? 1;
  const fanIn = size / units;
  for (let unit = 0; unit < units; unit++) {
    for (let first = 0; first < fanIn; first += m) {
      const length = Math.min(m, fanIn - first);
      const placeOf = (i: number): number => offset + (first + i) * units + unit;
      const group = Float32Array.from({ length }, (_, i) => scores[placeOf(i)] as number);
      dropLowest(group, length - n).forEach((stays, i) => {
        if (stays === 0) result[placeOf(i)] = 0;
      });
    }
  }
};

export const nOfMChooser = ({ parameters }: ParameterSpace, form: NOfM): Chooser => ({
  present: (kept) => 1 - countKept(kept) / kept.length,
  choose: (theta, kept) => {
    const [scores, result] = [magnitudes(theta, kept), kept.slice()];
    for (const parameter of parameters) {
      const isKernel = parameter.role === 'kernel' || parameter.role === 'recurrentKernel';
      if (isKernel) pruneKernel(scores, parameter, form, result);
    }
    return result;
  },
});
