// Schedules are pure functions of the step; warm-up and decay meet at the peak.
import { constant, cosine, stepDecay } from '@mapping-networks/train';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const all = [
  constant(),
  cosine(),
  cosine({ warmupSteps: 0, floor: 0.1 }),
  stepDecay(),
  stepDecay({ milestones: [] }),
];

describe.each(all.map((part) => [JSON.stringify([part.name, part.options]), part] as const))(
  '%s',
  (_, { impl }) => {
    it('gives a factor in (0, 1] at every step, and the peak somewhere, for any length of a run', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 3000 }), (steps) => {
          const factors = Array.from({ length: steps }, (_, step) => impl.factor(step, steps));
          expect(factors.every((factor) => factor > 0 && factor <= 1)).toBe(true);
          expect(Math.max(...factors)).toBe(1);
        }),
        { numRuns: 30 },
      );
    });
  },
);

describe('cosine', () => {
  const { factor } = cosine().impl;

  it('warms up over 200 steps, or over a tenth of a short run', () => {
    expect([0, 99, 199, 200].map((step) => factor(step, 10_000))).toEqual([1 / 200, 0.5, 1, 1]);
    expect([0, 4, 9, 10].map((step) => factor(step, 100))).toEqual([0.1, 0.5, 1, 1]);
    expect(factor(0, 5)).toBe(1);
  });

  it('falls from the peak to the floor, half way in the middle', () => {
    const factors = Array.from({ length: 90 }, (_, i) => factor(i + 10, 100));
    factors.slice(1).forEach((value, i) => expect(value).toBeLessThan(factors[i] ?? 0));
    expect(factor(55, 100)).toBeCloseTo(0.5, 12);
    expect(factor(100, 100)).toBeCloseTo(0, 12);
    expect(cosine({ floor: 0.2 }).impl.factor(100, 100)).toBeCloseTo(0.2, 12);
    expect(factor(99, 100)).toBeCloseTo((1 + Math.cos((Math.PI * 89) / 90)) / 2, 12);
  });
});

describe('stepDecay', () => {
  it('falls at the milestones', () => {
    const { factor } = stepDecay({ milestones: [0.5, 0.9], factor: 0.1 }).impl;
    const factors = [0, 49, 50, 89, 90, 99].map((step) => Number(factor(step, 100).toPrecision(6)));
    expect(factors).toEqual([1, 1, 0.1, 0.1, 0.01, 0.01]);
  });

  it('rejects milestones outside the run', () => {
    expect(() => stepDecay({ milestones: [1.5] })).toThrow(/milestones/);
  });
});
