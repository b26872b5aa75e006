// Numbers on the page: short, never more certain than they are, with a true minus sign.
import { describe, expect, it } from 'vitest';
import { decadeTicks, spansDecades, tickNumber } from '../src/chart/axis.ts';
import { confidence, figure, percent, plusMinus } from '../src/number-format.ts';

describe('numbers', () => {
  it('have few digits and no needless exponent', () => {
    expect([0, 0.0123456, 5120.3, -0.5, 2.5e-7].map(figure)).toEqual([
      '0',
      '0.0123',
      '5,120',
      '−0.5',
      '2.5e−7',
    ]);
    expect([0, 0.15, 12_000, 0.00015, -5, 2e6].map(tickNumber)).toEqual([
      '0',
      '0.15',
      '12k',
      '1.5e−4',
      '−5',
      '2e6',
    ]);
    expect(percent(0.9137)).toBe('91.4\u00A0%');
  });

  it('do not round a prediction up to certainty', () => {
    expect([0.994, 0.9994, 0.9996, 1].map(confidence)).toEqual([
      '99.4\u00A0%',
      '99.9\u00A0%',
      '>99.9\u00A0%',
      '>99.9\u00A0%',
    ]);
  });

  it('have a mean as exact as its deviation', () => {
    expect(plusMinus(-0.00767, 0.452)).toBe('−0.01 ± 0.45');
    expect(plusMinus(-0.000117, 0.0491)).toBe('0.000 ± 0.049');
    expect(plusMinus(3, 0)).toBe('3.0 ± 0.0');
  });
});

describe('axes', () => {
  it('are logarithmic over decades, with round ticks', () => {
    expect(spansDecades([1, 31])).toBe(true);
    expect(spansDecades([0, 31])).toBe(false);
    expect(decadeTicks([0.009, 1.1])).toEqual([0.01, 0.1, 1]);
    expect(decadeTicks([2, 90])).toEqual([2, 5, 10, 20, 50]);
    expect(decadeTicks([1e-12, 1]).length).toBeLessThanOrEqual(7);
  });
});
