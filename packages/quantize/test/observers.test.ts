// Observers against brute force over all numbers at once, and grids for activations against their formulas.
import fc from 'fast-check';
import {
  createObserver,
  gridOf,
  type ObserverOptions,
  type ActivationRange,
} from '@mapping-networks/quantize';
import { describe, expect, it } from 'vitest';

const values = fc
  .array(fc.oneof(fc.constant(0), fc.float({ noNaN: true, min: -100, max: 100 })), {
    minLength: 1,
    maxLength: 300,
  })
  .map((all) => Float32Array.from(all));

const rangeOf = (options: ObserverOptions, ...parts: readonly Float32Array[]): ActivationRange => {
  const observer = createObserver(options);
  for (const part of parts) observer.observe(part);
  return observer.range();
};

/** Long-tailed: mostly small, a few large. */
const tailed = (count: number, seed: number, signed: boolean): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => {
    const u = ((i * 7919 + seed * 104_729) % 10_007) / 10_007;
    return (signed && i % 2 === 0 ? -1 : 1) * (-Math.log(1 - u * 0.9999)) ** 2;
  });

const TYPES: readonly ObserverOptions[] = [
  { type: 'minMax' },
  { type: 'percentile', percentile: 99 },
  { type: 'entropy' },
];

describe.each(TYPES)('observer $type', (options) => {
  it('gives the range of the whole for parts in any order', () => {
    fc.assert(
      fc.property(values, fc.nat(300), (all, at) => {
        const [first, second] = [all.slice(0, at), all.slice(at)];
        const whole = rangeOf(options, all);
        expect(rangeOf(options, first, second)).toEqual(whole);
        expect(rangeOf(options, second, first)).toEqual(whole);
      }),
    );
  });

  it('stays within what was seen, and reaches 0 or beyond', () => {
    fc.assert(
      fc.property(values, (all) => {
        const { min, max } = rangeOf(options, all);
        expect(min).toBeLessThanOrEqual(max);
        expect(min).toBeGreaterThanOrEqual(Math.min(...all));
        expect(max).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });

  it('refuses NaN and infinities, and to guess', () => {
    const observer = createObserver(options);
    expect(() => observer.range()).toThrow(expect.objectContaining({ code: 'QUANTIZE_NOTHING_OBSERVED' }));
    expect(() => observer.observe(new Float32Array(0))).not.toThrow();
    expect(() => observer.range()).toThrow(/at least one number/);
    for (const value of [Number.NaN, Infinity])
      expect(() => observer.observe(Float32Array.of(1, value))).toThrow(
        expect.objectContaining({ code: 'QUANTIZE_NON_FINITE_ACTIVATION' }),
      );
    expect(() => observer.observe([1] as never)).toThrow(/Float32Array/);
  });
});

describe('minMax', () => {
  it('is the lowest and the highest number', () => {
    fc.assert(
      fc.property(values, (all) => {
        expect(rangeOf({ type: 'minMax' }, all)).toEqual({
          min: Math.min(...all) + 0,
          max: Math.max(...all) + 0,
        });
      }),
    );
  });
});

describe('percentile', () => {
  it.each([
    [90, 10, 1],
    [95, 20, 1],
    [99.9, 1000, 1],
    [99.99, 20_000, 2],
  ])('of %s leaves out exactly its share of %i numbers at each end: %i', (percentile, count, spared) => {
    const all = Float32Array.from({ length: count }, (_, i) => (i < spared ? 1000 : 1));
    expect(rangeOf({ type: 'percentile', percentile }, all).max).toBeLessThan(2);
    expect(rangeOf({ type: 'percentile', percentile }, all.with(count - 1, 1000)).max).toBe(1000);
  });

  it('lies within a bin of the quantiles of the sorted numbers', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(50, 75, 90, 99, 100), (all, percentile) => {
        const sorted = all.toSorted();
        const spared = Math.floor((all.length * (100 - percentile)) / 100);
        const { min, max } = rangeOf({ type: 'percentile', percentile }, all);
        const bin = (2 * Math.max(...all.map(Math.abs))) / 8192;
        const [low, high] = [sorted[spared] ?? 0, sorted[all.length - 1 - spared] ?? 0];
        // What lies on one side of 0 only has an end at 0 for the other: grids contain it anyway.
        expect(Math.abs(Math.max(max, 0) - Math.max(high, 0))).toBeLessThanOrEqual(bin);
        expect(Math.abs(Math.min(min, 0) - Math.min(low, 0))).toBeLessThanOrEqual(bin);
      }),
    );
  });

  it('takes 99.99 % unless told otherwise', () => {
    const all = tailed(100_000, 1, true);
    expect(rangeOf({ type: 'percentile' }, all)).toEqual(
      rangeOf({ type: 'percentile', percentile: 99.99 }, all),
    );
    const { max } = rangeOf({ type: 'percentile', percentile: 99 }, all);
    expect(max).toBeLessThan(0.6 * Math.max(...all));
    expect(() => createObserver({ type: 'percentile', percentile: 100.5 })).toThrow(/a number of 50 to 100/);
  });
});

describe('entropy', () => {
  /** Migacz' procedure, step by step, with arrays for P and Q as his slides have them. */
  const byTheSlides = (all: Float32Array): number => {
    const most = Math.max(...all.map(Math.abs));
    let range = 2 ** Math.floor(Math.log2(most));
    while (range <= most) range *= 2;
    const bins = Array.from({ length: 2048 }, () => 0);
    for (const value of all) bins[Math.floor((Math.abs(value) / range) * 2048)]!++;
    const filled = bins.findLastIndex((count) => count > 0) + 1;
    const candidates = Array.from({ length: Math.max(0, filled - 127) }, (_, k) => k + 128);
    const divergences = candidates.map((i) => {
      const reference = bins.slice(0, i);
      reference[i - 1]! += bins.slice(i).reduce((sum, count) => sum + count, 0);
      const candidate = Array.from({ length: i }, () => 0);
      for (let level = 0; level < 128; level++) {
        const [from, to] = [Math.floor((level * i) / 128), Math.floor(((level + 1) * i) / 128)];
        const group = Array.from({ length: to - from }, (_, k) => from + k);
        const holding = group.filter((bin) => bins[bin]! > 0);
        const total = group.reduce((sum, bin) => sum + bins[bin]!, 0);
        for (const bin of holding) candidate[bin] = total / holding.length;
      }
      const [p, q] = [reference, candidate].map((counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        return counts.map((count) => count / total);
      });
      return p!.reduce(
        (sum, share, bin) => (share === 0 ? sum : sum + share * Math.log(share / q![bin]!)),
        0,
      );
    });
    const best = divergences.indexOf(Math.min(...divergences));
    return best < 0 ? most : Math.min(most, ((best + 128) * range) / 2048);
  };

  it('is the threshold that the published procedure finds', () => {
    for (const signed of [true, false]) {
      const all = tailed(3000, 5, signed);
      const threshold = byTheSlides(all);
      expect(rangeOf({ type: 'entropy' }, all)).toEqual({
        min: signed ? -threshold : Math.min(...all),
        max: threshold,
      });
      expect(threshold).toBeLessThan(Math.max(...all));
    }
  });

  it('keeps the whole of a range that is filled evenly', () => {
    const all = Float32Array.from({ length: 20_480 }, (_, i) => i / 20_480);
    expect(rangeOf({ type: 'entropy' }, all).max).toBeGreaterThan(0.99);
  });

  it('keeps what fills fewer bins than there are levels', () => {
    expect(rangeOf({ type: 'entropy' }, new Float32Array(9))).toEqual({ min: 0, max: 0 });
    expect(rangeOf({ type: 'entropy' }, Float32Array.of(-3, -3))).toEqual({ min: -3, max: -3 });
  });
});

describe('gridOf', () => {
  const range = fc
    .tuple(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), fc.float({ noNaN: true, min: -1e6, max: 1e6 }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
  const options = fc.record({
    type: fc.constantFrom('uint8' as const, 'int8' as const),
    symmetric: fc.boolean(),
  });

  it('has a code for 0, and one within half a step of each end', () => {
    fc.assert(
      fc.property(range, options, ({ min, max }, how) => {
        const { scale, zeroPoint } = gridOf(min, max, how);
        const [least, most] = how.type === 'uint8' ? [0, 255] : [-128, 127];
        expect(Object.is(scale, Math.fround(scale)) && scale > 0).toBe(true);
        expect(Number.isInteger(zeroPoint) && zeroPoint >= least && zeroPoint <= most).toBe(true);
        if (how.symmetric) expect(zeroPoint).toBe(how.type === 'uint8' ? 128 : 0);
        for (const end of [Math.min(0, min), Math.max(0, max)]) {
          const code = Math.min(most, Math.max(least, Math.round(end / scale) + zeroPoint));
          expect(Math.abs(scale * (code - zeroPoint) - end)).toBeLessThanOrEqual(scale * 0.5001);
        }
      }),
    );
  });

  it('is what ONNX writes for known ranges', () => {
    expect(gridOf(0, 2.55, { type: 'uint8' })).toEqual({ scale: Math.fround(0.01), zeroPoint: 0 });
    expect(gridOf(-1.28, 1.27, { type: 'int8' })).toEqual({ scale: Math.fround(0.01), zeroPoint: 0 });
    expect(gridOf(-1, 1.27, { type: 'int8', symmetric: true })).toEqual({
      scale: Math.fround(0.01),
      zeroPoint: 0,
    });
    expect(gridOf(5, 5.1, { type: 'uint8' })).toEqual({ scale: Math.fround(0.02), zeroPoint: 0 });
    expect(gridOf(0, 0, { type: 'uint8' })).toEqual({ scale: 2 ** -126, zeroPoint: 0 });
  });

  it('has codes from 0 to 255 unless told otherwise', () => {
    const { scale, zeroPoint } = gridOf(-1, 1.55, { type: 'uint8', symmetric: false });
    for (const grid of [gridOf(-1, 1.55), gridOf(-1, 1.55, {})]) expect(grid).toEqual({ scale, zeroPoint });
    expect(gridOf(0, 1, { symmetric: true }).zeroPoint).toBe(128);
  });

  it.each([
    // @ts-expect-error options are an object
    ['options', () => gridOf(0, 1, null)],
    // @ts-expect-error options are an object
    ['options', () => gridOf(0, 1, 'uint8')],
    // @ts-expect-error symmetric is true or false
    ['symmetric', () => gridOf(0, 1, { symmetric: 'yes' })],
  ])('says what is wrong with %s', (what, call) => {
    expect(call).toThrow(
      expect.objectContaining({
        code: 'CORE_INVALID_ARGUMENT',
        message: expect.stringContaining(`'${what}'`),
      }),
    );
  });

  it('refuses what is no range', () => {
    expect(() => gridOf(1, 0, { type: 'uint8' })).toThrow(/'min'/);
    expect(() => gridOf(0, Infinity, { type: 'uint8' })).toThrow(/'max'/);
    expect(() => gridOf(0, 1, { type: 'int4' as 'int8' })).toThrow(/'uint8' or 'int8'/);
  });
});
