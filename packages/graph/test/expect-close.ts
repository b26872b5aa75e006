// Arrays that two ways of computing gave: equal in kind, shape and type, and close in their numbers.
import type { NamedArrays } from '@mapping-networks/core';
import { expect } from 'vitest';

/** The greatest difference of each array is at most `tolerance` times its greatest number, or times 1. */
export const expectClose = (actual: NamedArrays, expected: NamedArrays, tolerance: number): void => {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { data, shape, dtype }] of Object.entries(expected)) {
    const got = actual[name];
    expect({ name, shape: got?.shape, dtype: got?.dtype }).toEqual({ name, shape, dtype });
    const scale = Array.from(data, finite).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const differences = Array.from(data, (value, i) => difference(value, got?.data[i] ?? Number.NaN));
    const worst = differences.reduce((most, value) => Math.max(most, value), 0);
    expect(worst / scale, `${name}: ${worst} of ${scale}`).toBeLessThanOrEqual(tolerance);
  }
};

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** NaN and infinities have to be the same. */
const difference = (a: number, b: number): number => {
  if (Object.is(a, b) || a === b) return 0;
  return Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;
};
