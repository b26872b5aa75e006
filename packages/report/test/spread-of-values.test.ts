// Histograms, moments and residuals: nothing lost, nothing counted twice, scikit-learn's documented figures.
import { histogram, moments, residuals } from '@mapping-networks/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 200 });

describe('histogram', () => {
  it('puts every value somewhere, and into the bin between whose edges it lies', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 30 }), (all, bins) => {
        const { counts, below, above } = histogram(all, -10, 10, bins);
        expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(all.length);
        expect(below).toBe(all.filter((value) => value < -10).length);
        expect(above).toBe(all.filter((value) => value > 10).length);
      }),
    );
    expect([...histogram([-1, -0.5, 0, 0.49, 0.5, 1], -1, 1, 4).counts]).toEqual([1, 1, 2, 2]);
  });

  it('has one place for values of no spread, and none for what is not finite', () => {
    expect([...histogram([2, 2, Number.NaN], 2, 2, 3).counts]).toEqual([2, 0, 0]);
  });
});

describe('moments', () => {
  it('has mean and deviation of a large offset without losing digits', () => {
    const { mean, std, least, most, count } = moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
    expect([mean, std, least, most, count]).toEqual([1e9 + 10, Math.sqrt(22.5), 1e9 + 4, 1e9 + 16, 4]);
  });

  it('keeps the mean between the extremes, and the deviation within their distance', () => {
    fc.assert(
      fc.property(values, (all) => {
        const { mean, std, least, most, count } = moments(all);
        expect(count).toBe(all.length);
        if (count === 0) return;
        expect(mean >= least - 1e-9 && mean <= most + 1e-9).toBe(true);
        expect(std).toBeLessThanOrEqual((most - least) / 2 + 1e-9);
      }),
    );
  });
});

describe('residuals', () => {
  it('is the example of sklearn.metrics.r2_score and its neighbours', () => {
    const { r2, mae, rmse, bias } = residuals([3, -0.5, 2, 7], [2.5, 0, 2, 8]);
    expect(r2).toBeCloseTo(0.9486081, 6);
    expect(mae).toBe(0.5);
    expect(rmse ** 2).toBeCloseTo(0.375, 12);
    expect(bias).toBe(0.25);
  });

  it('has no R² where there is nothing to explain', () => {
    expect(residuals([2, 2], [1, 3])).not.toHaveProperty('r2');
  });
});
