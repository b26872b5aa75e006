// Thinning a curve keeps its mean, its order and its range, and never makes up values.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinned } from '../src/chart/thinned.ts';

const noisy = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 300 })
  .map((values) => values.map((y, index) => ({ x: index + 1, y })));

describe('thinned', () => {
  it('keeps order, range and size', () => {
    fc.assert(
      fc.property(noisy, fc.integer({ min: 1, max: 50 }), (points, bins) => {
        const found = thinned(points, bins);
        expect(found.length).toBeLessThanOrEqual(bins);
        expect(found.length > 0).toBe(points.length > 0);
        const values = points.map(({ y }) => y);
        for (const { y, low, high } of found) {
          expect(y).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(y).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          expect(values).toContain(low);
          expect(values).toContain(high);
          expect(high).toBeGreaterThanOrEqual(low);
        }
        const places = found.map(({ x }) => x);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it('has the mean and the middle 80 % of each bin', () => {
    const points = Array.from({ length: 22 }, (_, index) => ({ x: index, y: index < 11 ? index : 5 }));
    expect(thinned(points, 2)).toEqual([
      { x: 5, y: 5, low: 1, high: 9 },
      { x: 16, y: 5, low: 5, high: 5 },
    ]);
  });

  it('ends with a bin as large as the others', () => {
    const points = Array.from({ length: 186 }, (_, index) => ({ x: index, y: index }));
    const found = thinned(points, 46);
    const first = found.map(({ low }) => low);
    const sizes = first.map((low, index) => (first[index + 1] ?? points.length) - low);
    expect(found).toHaveLength(38);
    expect(sizes.toSorted((a, b) => a - b).at(0)).toBe(4);
    expect(sizes.at(-1)).toBe(5);
  });

  it('gives few points back as they are, and skips what is not finite', () => {
    const points = [1, Number.NaN, 3, Number.POSITIVE_INFINITY].map((y, index) => ({ x: index + 1, y }));
    expect(thinned(points, 10)).toEqual([
      { x: 1, y: 1, low: 1, high: 1 },
      { x: 3, y: 3, low: 3, high: 3 },
    ]);
  });
});
