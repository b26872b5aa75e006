// Calibration against the examples of torchmetrics' and scikit-learn's documentation, and what must hold of any.
import { calibration, shareInterval } from '@mapping-networks/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const example = fc
  .tuple(
    fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
    fc.nat({ max: 3 }),
  )
  .map(([row, truth]) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return { row: row.map((value) => value / sum), truth };
  });
const examples = fc.array(example, { minLength: 1, maxLength: 100 });

describe('calibration', () => {
  it('is the example of torchmetrics.MulticlassCalibrationError', () => {
    const rows = [
      [0.25, 0.2, 0.55],
      [0.55, 0.05, 0.4],
      [0.1, 0.3, 0.6],
      [0.9, 0.05, 0.05],
    ];
    expect(calibration(Float32Array.from(rows.flat()), [0, 1, 2, 0], 3).ece).toBeCloseTo(0.2, 6);
  });

  it('is the example of sklearn.metrics.log_loss', () => {
    const rows = [0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65];
    expect(calibration(Float32Array.from(rows), [1, 0, 0, 1]).nll).toBeCloseTo(0.21616, 5);
  });

  it('is twice the example of sklearn.metrics.brier_score_loss, which counts one of the two classes', () => {
    const rows = [0.1, 0.9, 0.8, 0.3].flatMap((p) => [1 - p, p]);
    expect(calibration(Float32Array.from(rows), [0, 1, 1, 0]).brier).toBeCloseTo(2 * 0.0375, 6);
  });

  it('stays in its ranges, counts everything once, and its error is at least the gap of the means', () => {
    fc.assert(
      fc.property(examples, fc.integer({ min: 1, max: 20 }), (all, bins) => {
        const probabilities = Float32Array.from(all.flatMap(({ row }) => row));
        const labels = all.map(({ truth }) => truth);
        const found = calibration(probabilities, labels, bins);
        expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
        expect(found.ece >= 0 && found.ece <= 1).toBe(true);
        expect(found.brier >= 0 && found.brier <= 2).toBe(true);
        expect(found.nll).toBeGreaterThanOrEqual(0);
        expect(found.ece).toBeGreaterThanOrEqual(Math.abs(found.accuracy - found.confidence) - 1e-9);
        for (const { from, to, confidence } of found.bins) {
          if (confidence === undefined) continue;
          expect(confidence).toBeGreaterThan(from - 1e-6);
          expect(confidence).toBeLessThan(to + 1e-6);
        }
      }),
    );
  });

  it('puts a confidence on an edge into the bin below, and 1 into the last', () => {
    const { bins } = calibration(Float32Array.of(0.5, 0.5, 1, 0), [0, 0], 4);
    expect(bins.map(({ count }) => count)).toEqual([0, 1, 0, 1]);
  });

  it('has no figures for nothing', () => {
    const { ece, brier, nll } = calibration(new Float32Array(0), []);
    expect([ece, brier, nll]).toEqual([0, 0, 0]);
  });
});

describe('shareInterval', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i out of %i is that of Newcombe', (right, n, low, high) => {
    const [from, to] = shareInterval(right / n, n);
    expect(from).toBeCloseTo(low, 4);
    expect(to).toBeCloseTo(high, 4);
  });
});
