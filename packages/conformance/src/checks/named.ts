// The same comparisons for named arrays.
import type { NamedArrays } from '@mapping-networks/core';
import { wrongNames } from '../errors.ts';
import { expectClose, expectDifferentBits, expectFinite, expectSameBits, expectShape } from './arrays.ts';

const eachPair = (
  what: string,
  received: NamedArrays,
  expected: NamedArrays,
  compare: (what: string, received: ArrayLike<number>, expected: ArrayLike<number>) => void,
): void => {
  const [names, wanted] = [Object.keys(received), Object.keys(expected)];
  if (names.toSorted().join('\n') !== wanted.toSorted().join('\n')) throw wrongNames(what, wanted, names);
  for (const [name, { shape, data }] of Object.entries(expected)) {
    const other = received[name];
    expectShape(`${what} '${name}'`, other?.shape ?? [], shape);
    compare(`${what} '${name}'`, other?.data ?? [], data);
  }
};

export const expectSameArrays = (what: string, received: NamedArrays, expected: NamedArrays): void =>
  eachPair(what, received, expected, expectSameBits);

export const expectCloseArrays = (
  what: string,
  received: NamedArrays,
  expected: NamedArrays,
  relative: number,
): void => eachPair(what, received, expected, (name, a, b) => expectClose(name, a, b, relative, 1e-6));

/** At least one of the arrays differs. */
export const expectDifferentArrays = (what: string, received: NamedArrays, other: NamedArrays): void =>
  expectDifferentBits(what, allNumbers(received), allNumbers(other));

export const expectFiniteArrays = (what: string, arrays: NamedArrays): void => {
  for (const [name, { data }] of Object.entries(arrays)) expectFinite(`${what} '${name}'`, data);
};

/** All numbers of all arrays, in the order of their names. */
export const allNumbers = (arrays: NamedArrays): number[] =>
  Object.keys(arrays)
    .toSorted()
    .flatMap((name) => Array.from(arrays[name]?.data ?? []));
