// The project's own elementary functions against those of the engine that runs the test, which are good to an ulp.
import { cosTurn, exp, log, randomKey, sin, sinTurn, tanh, uniform } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';

const LIMIT = 1e-13;

/** Many points of an interval, its ends included. */
const points = (low: number, high: number): number[] => [
  low,
  high,
  ...Array.from(uniform(randomKey(31, `${low}`, `${high}`), 20_000), (u) => low + u * (high - low)),
];

const relative = (received: number, expected: number): number =>
  received === expected ? 0 : Math.abs(received - expected) / Math.abs(expected);

const worst = (values: readonly number[], error: (x: number) => number): number =>
  values.reduce((most, x) => Math.max(most, error(x)), 0);

describe('errors stay below 1e-13', () => {
  test.each([
    [1e-300, 1e-290],
    [2 ** -32, 1],
    [0.999, 1.001],
    [1, 1e6],
    [1e300, 1.7e308],
  ])('log on [%s, %s]', (low, high) => {
    // Near 1 the logarithm crosses zero; its absolute error there is that of its argument.
    expect(
      worst(points(low, high), (x) =>
        Math.min(relative(log(x), Math.log(x)), Math.abs(log(x) - Math.log(x)) * 10),
      ),
    ).toBeLessThan(LIMIT);
  });

  test('log of numbers below the normal ones', () => {
    for (const x of [5e-324, 1e-320, 2.2e-308]) expect(relative(log(x), Math.log(x))).toBeLessThan(LIMIT);
  });

  test.each([
    [-745, -700],
    [-700, -1],
    [-1, 1],
    [1, 709.7],
  ])('exp on [%s, %s]', (low, high) => {
    // Below e^-708 results are subnormal, whole multiples of 2^-1074.
    expect(
      worst(points(low, high), (x) =>
        Math.min(relative(exp(x), Math.exp(x)), Math.abs(exp(x) - Math.exp(x)) / 1e-310),
      ),
    ).toBeLessThan(LIMIT);
  });

  test('exp at its ends', () => {
    expect([exp(0), exp(-746), exp(710), exp(-Infinity), exp(Infinity)]).toEqual([
      1,
      0,
      Infinity,
      0,
      Infinity,
    ]);
    expect(exp(709.78)).toBeLessThan(Infinity);
    expect(exp(Number.NaN)).toBeNaN();
  });

  test.each([
    [-1e-9, 1e-9],
    [-0.11, 0.11],
    [-3, 3],
    [3, 30],
    [-800, -30],
  ])('tanh on [%s, %s]', (low, high) => {
    expect(worst(points(low, high), (x) => relative(tanh(x), Math.tanh(x)))).toBeLessThan(LIMIT);
  });

  test.each([
    [-1, 1],
    [-20, 20],
    [9e4, 1e5],
  ])('sin on [%s, %s]', (low, high) => {
    expect(worst(points(low, high), (x) => Math.abs(sin(x) - Math.sin(x)))).toBeLessThan(LIMIT);
  });

  test('sine and cosine of turns', () => {
    expect(worst(points(0, 1), (t) => Math.abs(sinTurn(t) - Math.sin(2 * Math.PI * t)))).toBeLessThan(
      1e-15 * 2 * Math.PI + LIMIT,
    );
    expect(worst(points(0, 1), (t) => Math.abs(cosTurn(t) - Math.cos(2 * Math.PI * t)))).toBeLessThan(
      1e-15 * 2 * Math.PI + LIMIT,
    );
    expect([0, 0.25, 0.5, 0.75].map(sinTurn)).toEqual([0, 1, -0, -1]);
    expect([0, 0.25, 0.5, 0.75].map(cosTurn)).toEqual([1, -0, -1, 0]);
  });
});

describe('symmetry is exact', () => {
  test('odd functions', () => {
    for (const x of points(0, 25)) {
      expect(tanh(-x)).toBe(-tanh(x));
      expect(Math.abs(sin(-x))).toBe(Math.abs(sin(x)));
    }
  });

  test('powers of two', () => {
    for (let k = -1074; k <= 1023; k++) expect(relative(log(2 ** k), k * Math.LN2)).toBeLessThan(LIMIT);
  });
});
