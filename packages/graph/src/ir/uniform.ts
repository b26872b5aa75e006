// Arrays that hold one number over and over need not be stored.
import type { ElementArray } from './value-type.ts';

/** The one number that all elements are (0 for no elements), or nothing. Zeros of both signs are different numbers. */
export const uniformValue = (data: ElementArray): number | undefined => {
  const first = data[0] ?? 0;
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], first)) return undefined;
  return first;
};
