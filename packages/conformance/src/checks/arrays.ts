// Comparisons of arrays that laws are made of. All throw; none returns a verdict.
import type { TensorSpec } from '@mapping-networks/core';
import { differentBits, notClose, notFinite, sameBits, wrongNames, wrongShape } from '../errors.ts';

type Numbers = ArrayLike<number>;

const at = (values: Numbers, i: number): number => values[i] ?? Number.NaN;

/** The largest magnitude in an array: the scale that tolerances are relative to. */
export const magnitude = (values: Numbers): number => {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(at(values, i)));
  return most;
};

const mostDifferent = (received: Numbers, expected: Numbers): { index: number; difference: number } => {
  const worst = { index: 0, difference: 0 };
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(at(received, i) - at(expected, i));
    // NaN is further away than anything.
    if (!(difference <= worst.difference)) Object.assign(worst, { index: i, difference });
  }
  return worst;
};

export const expectLength = (what: string, received: Numbers, expected: number): void => {
  if (received.length !== expected) throw wrongShape(what, [expected], [received.length]);
};

/** Differences of at most `relative` times the largest expected magnitude (at least `floor`). */
export const expectClose = (
  what: string,
  received: Numbers,
  expected: Numbers,
  relative: number,
  floor = 1e-30,
): void => {
  expectLength(what, received, expected.length);
  const tolerance = relative * Math.max(magnitude(expected), floor);
  const { index, difference } = mostDifferent(received, expected);
  if (difference <= tolerance) return;
  throw notClose(what, { index, expected: at(expected, index), received: at(received, index) }, tolerance);
};

export const expectSameBits = (what: string, received: Numbers, expected: Numbers): void => {
  expectLength(what, received, expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(at(received, i), at(expected, i))) continue;
    throw differentBits(what, { index: i, expected: at(expected, i), received: at(received, i) });
  }
};

export const expectDifferentBits = (what: string, received: Numbers, other: Numbers): void => {
  for (let i = 0; i < other.length; i++) if (!Object.is(at(received, i), at(other, i))) return;
  throw sameBits(what);
};

export const expectFinite = (what: string, values: Numbers): void => {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(at(values, i))) throw notFinite(what, i, at(values, i));
  }
};

export const expectShape = (what: string, received: readonly number[], expected: readonly number[]): void => {
  const same = received.length === expected.length && received.every((side, i) => side === expected[i]);
  if (!same) throw wrongShape(what, expected, received);
};

/** The entries have exactly the declared names, each in its shape. */
export const expectSpecs = (
  what: string,
  received: Readonly<Record<string, { readonly shape: readonly number[] }>>,
  specs: readonly TensorSpec[],
): void => {
  const [names, expected] = [Object.keys(received), specs.map(({ name }) => name)];
  const same = names.length === expected.length && expected.every((name) => Object.hasOwn(received, name));
  if (!same) throw wrongNames(what, expected, names);
  for (const { name, shape } of specs) expectShape(`${what} '${name}'`, received[name]?.shape ?? [], shape);
};
