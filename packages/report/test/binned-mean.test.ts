// Thinning a curve keeps its mean and its order, and never makes up values.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binnedMean } from '../src/binned-mean.ts';

const steps = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 300 })
  .map((values) => values.map((loss, i) => ({ epoch: i + 1, scores: { loss } })));

describe('binnedMean', () => {
  it('keeps order, range and size', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (points, bins) => {
        const thinned = binnedMean(points, 'loss', bins);
        expect(thinned.length).toBeLessThanOrEqual(bins);
        expect(thinned.length > 0).toBe(points.length > 0);
        const values = points.map(({ scores }) => scores.loss);
        for (const { value } of thinned) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        }
        const epochs = thinned.map(({ epoch }) => epoch);
        expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
      }),
    );
  });

  it('gives few points back as they are, and skips what is not finite', () => {
    const points = [1, Number.NaN, 3].map((loss, i) => ({ epoch: i + 1, scores: { loss } }));
    expect(binnedMean(points, 'loss', 10)).toEqual([
      { epoch: 1, value: 1 },
      { epoch: 3, value: 3 },
    ]);
    expect(binnedMean(points, 'accuracy', 10)).toEqual([]);
  });
});
