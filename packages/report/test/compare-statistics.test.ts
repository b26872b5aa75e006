// Tests of significance, against figures that SciPy 1.17 gave and against the t density integrated in float64.
import { holm, pairedTTest, welch } from '@mapping-networks/report';
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** ln Γ for x > 0 by Stirling's series after shifting x to at least 12; good to 1e-13. */
const logGamma = (x: number): number => {
  if (x < 12) return logGamma(x + 1) - Math.log(x);
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
};

/** P(|T| ≥ |t|) = 1 − 2 ∫₀^|t| f by Simpson's rule, f the density of Student's t. */
const integratedP = (t: number, degrees: number): number => {
  const scale = Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / Math.sqrt(degrees * Math.PI);
  const density = (x: number): number => scale * (1 + (x * x) / degrees) ** (-(degrees + 1) / 2);
  const intervals = 4000;
  const width = Math.abs(t) / intervals;
  let sum = density(0) + density(t);
  for (let i = 1; i < intervals; i += 1) sum += (i % 2 === 0 ? 2 : 4) * density(i * width);
  return 1 - (2 * sum * width) / 3;
};

it('agrees with SciPy: ttest_ind(equal_var=False) and ttest_rel', () => {
  const [a, b] = [
    [91.2, 90.8, 91.9],
    [90.1, 90.6, 89.7, 90.3],
  ];
  const unpaired = welch(a, b);
  expect(unpaired?.t).toBeCloseTo(3.0179373795667876, 10);
  expect(unpaired?.p).toBeCloseTo(0.04930867631045774, 10);
  expect(unpaired?.degrees).toBeCloseTo(3.3512033445067595, 10);
  expect((unpaired?.difference ?? 0) - (unpaired?.margin ?? 0)).toBeCloseTo(0.006000250986555766, 9);
  expect((unpaired?.difference ?? 0) + (unpaired?.margin ?? 0)).toBeCloseTo(2.2439997490134442, 9);
  const paired = pairedTTest(a, b.slice(0, 3));
  expect(paired?.t).toBeCloseTo(2.017366461964831, 10);
  expect(paired?.p).toBeCloseTo(0.18116052593246973, 10);
  expect(paired?.degrees).toBe(2);
  expect((paired?.difference ?? 0) - (paired?.margin ?? 0)).toBeCloseTo(-1.3216078301503424, 9);
  expect((paired?.difference ?? 0) + (paired?.margin ?? 0)).toBeCloseTo(3.6549411634836853, 9);
});

const sample = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });

it('p is the integral of the t density beyond t; the margin is where it is 0.05', () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      for (const test of [welch(a, b), pairedTTest(a.slice(0, b.length), b.slice(0, a.length))]) {
        if (!test || Math.abs(test.t) > 30) continue;
        expect(test.p).toBeCloseTo(integratedP(test.t, test.degrees), 8);
        const critical = (test.margin * Math.abs(test.t)) / Math.abs(test.difference);
        if (test.difference !== 0 && critical < 30)
          expect(integratedP(critical, test.degrees)).toBeCloseTo(0.05, 8);
      }
    }),
    { numRuns: 60 },
  );
});

it('is antisymmetric, and does not care about shifts and scales', () => {
  fc.assert(
    fc.property(sample, sample, fc.double({ min: 0.5, max: 2, noNaN: true }), (a, b, scale) => {
      const [there, back] = [welch(a, b), welch(b, a)];
      const scaled = welch(
        a.map((x) => 3 + scale * x),
        b.map((x) => 3 + scale * x),
      );
      // Scatter that is next to rounding has no stable t.
      if (!there || !back || !scaled || there.margin < 1e-6) return;
      expect(back.t).toBeCloseTo(-there.t, 9);
      expect(back.p).toBeCloseTo(there.p, 9);
      expect(scaled.p).toBeCloseTo(there.p, 6);
    }),
    { numRuns: 200 },
  );
});

it('refuses samples without scatter, however they are rounded', () => {
  expect(welch([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBeUndefined();
  expect(welch([0.1, 0.1, 0.1], [0.3, 0.3])).toBeUndefined();
  // 0.91 − 0.90, 0.81 − 0.80 and 0.71 − 0.70 differ in the last bits.
  expect(pairedTTest([0.91, 0.81, 0.71], [0.9, 0.8, 0.7])).toBeUndefined();
  expect(welch([1], [1, 2])).toBeUndefined();
  expect(pairedTTest([1], [2])).toBeUndefined();
});

it('one sample without scatter is no hindrance: the other gives the degrees of freedom', () => {
  const test = welch([0.5, 0.5, 0.5], [0.4, 0.45, 0.41]);
  expect(test?.degrees).toBeCloseTo(2, 12);
  expect(test?.p).toBeCloseTo(integratedP(test?.t ?? 0, 2), 9);
});

it('Holm: by hand, never below p, in the order of p, at most 1', () => {
  expect(holm([])).toEqual([]);
  expect(holm([0.2])).toEqual([0.2]);
  // R: p.adjust(c(0.01, 0.02, 0.022, 0.3), "holm")
  for (const [index, value] of [0.04, 0.06, 0.06, 0.3].entries())
    expect(holm([0.01, 0.02, 0.022, 0.3])[index]).toBeCloseTo(value, 12);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
      const adjusted = holm(ps);
      ps.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        ps.forEach((q, j) => {
          if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
        });
      });
    }),
  );
});
