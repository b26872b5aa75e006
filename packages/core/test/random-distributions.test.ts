// Normals, permutations and subsets, beside faulty ones that look right at a glance.
import { normal, permutation, randomKey, subset, uniform, words } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';
import {
  correlationDeviate,
  inclusionDeviates,
  kolmogorovSmirnov,
  momentDeviates,
  orderDeviate,
  placeDeviate,
} from './random/distributions.ts';
import { LIMIT } from './random/statistics.ts';

const COUNT = 200_000;

describe('normals', () => {
  const sample = normal(randomKey(21), COUNT);
  /** The sum of twelve uniforms less six: right mean, variance and skewness, thin tails. */
  const sums = Float32Array.from({ length: COUNT }, (_, i) =>
    uniform(randomKey(22, i), 12).reduce((sum, value) => sum + value, -6),
  );

  test('mean, variance, skewness and kurtosis', () => {
    for (const deviate of Object.values(momentDeviates(sample)))
      expect(Math.abs(deviate)).toBeLessThan(LIMIT);
    expect(Math.abs(momentDeviates(sums).kurtosis)).toBeGreaterThan(LIMIT);
  });

  test('the whole distribution (Kolmogorov-Smirnov)', () => {
    expect(kolmogorovSmirnov(sample)).toBeLessThan(2.4);
    expect(kolmogorovSmirnov(sample.map((x) => 1.02 * x))).toBeGreaterThan(2.4);
    expect(kolmogorovSmirnov(sample.map((x) => x + 0.02))).toBeGreaterThan(2.4);
  });

  test('no two numbers of a pair, neighbours or neighbouring keys are correlated', () => {
    const neighbour = normal(randomKey(22), COUNT);
    expect(Math.abs(correlationDeviate(sample, neighbour))).toBeLessThan(LIMIT);
    expect(Math.abs(correlationDeviate(sample.subarray(1), sample.subarray(0, -1)))).toBeLessThan(LIMIT);
    const [even, odd] = [0, 1].map((side) =>
      sample.filter((_, i) => i % 2 === side).map((x) => (x * x - 1) / Math.SQRT2),
    );
    expect(Math.abs(correlationDeviate(even ?? sample, odd ?? sample))).toBeLessThan(LIMIT);
    expect(
      correlationDeviate(
        sample,
        sample.map((x, i) => 0.02 * x + (neighbour[i] ?? 0)),
      ),
    ).toBeGreaterThan(LIMIT);
  });
});

describe('permutations', () => {
  const drawn = (n: number, size: number): Int32Array => permutation(randomKey(23, n), size);
  /** The well-known mistake: exchange each entry with any, instead of with any that is left. */
  const naive = (n: number, size: number): Int32Array => {
    const order = Int32Array.from({ length: size }, (_, i) => i);
    words(randomKey(23, n), size).forEach((word, i) => {
      const j = word % size;
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    });
    return order;
  };

  test('all orders of four are equally likely', () => {
    expect(Math.abs(orderDeviate(drawn))).toBeLessThan(LIMIT);
    expect(orderDeviate(naive)).toBeGreaterThan(LIMIT);
  });

  test('every entry is equally likely at every place', () => {
    expect(Math.abs(placeDeviate(drawn))).toBeLessThan(LIMIT);
    expect(placeDeviate(naive)).toBeGreaterThan(LIMIT);
  });
});

describe.each([
  [32, 9],
  [32, 23],
])('subsets of %i, size %i', (size, count) => {
  const drawn = (n: number): Int32Array => subset(randomKey(24, n), size, count);
  const start = (n: number, places: number): number => (words(randomKey(25, n), 1)[0] ?? 0) % places;
  const from = (first: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => (first + i) % size);

  test('include every element, and every pair, equally often', () => {
    const { singles, pairs } = inclusionDeviates(drawn, size, count);
    expect(Math.abs(singles)).toBeLessThan(LIMIT);
    expect(pairs).toBeLessThan(LIMIT);
  });

  test('where windows of neighbours do not', () => {
    const inside = inclusionDeviates((n) => from(start(n, size - count + 1)), size, count);
    const around = inclusionDeviates((n) => from(start(n, size)), size, count);
    expect(inside.singles).toBeGreaterThan(LIMIT);
    expect(around.pairs).toBeGreaterThan(LIMIT);
  });
});
