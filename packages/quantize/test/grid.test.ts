// Grids of weights: what is promised of any tensor, against bounds that follow from the formulas.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantize } from '@mapping-networks/quantize';
import { weightGrid, type GridOptions } from '@mapping-networks/runtime/canonical';

const weight = fc.oneof(
  fc.float({ min: -4, max: 4, noNaN: true }),
  fc.float({ min: Math.fround(-1e-3), max: Math.fround(1e-3), noNaN: true }),
  fc.constantFrom(0, -0, 1, -1),
);
const tensor = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc
      .array(weight, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => ({ values: Float32Array.from(values), shape: [rows, columns] })),
  );
const gridOptions: fc.Arbitrary<GridOptions> = fc.record({
  type: fc.constantFrom('int8' as const, 'int4' as const),
  symmetric: fc.boolean(),
  range: fc.constantFrom('minMax' as const, 'mse' as const),
  byChannel: fc.boolean(),
});

const rounded = (values: Float32Array, shape: readonly number[], options: GridOptions): Float32Array =>
  dequantize(weightGrid(values, shape, options), shape);

const squaredError = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);

describe('weightGrid', () => {
  it('has codes of its type, a scale above 0 for each slice, and symmetric grids no zero points', () => {
    fc.assert(
      fc.property(tensor, gridOptions, ({ values, shape }, options) => {
        const { codes, scales, zeroPoints, axis } = weightGrid(values, shape, options);
        const most = options.type === 'int8' ? 127 : 7;
        const least = options.symmetric ? -most : -most - 1;
        expect(codes.every((code) => code >= least && code <= most)).toBe(true);
        expect(zeroPoints.every((zero) => zero >= least && zero <= most)).toBe(true);
        if (options.symmetric) expect(zeroPoints.every((zero) => zero === 0)).toBe(true);
        expect(scales.every((scale) => scale > 0 && scale < Infinity)).toBe(true);
        expect(scales.length).toBe(options.byChannel ? shape[1] : 1);
        expect(axis).toBe(options.byChannel ? 1 : undefined);
      }),
    );
  });

  it('rounds by at most half a step with minMax', () => {
    fc.assert(
      fc.property(tensor, gridOptions, ({ values, shape }, chosen) => {
        const grid = weightGrid(values, shape, { ...chosen, range: 'minMax' });
        const near = dequantize(grid, shape);
        values.forEach((value, i) => {
          const scale = grid.scales[i % grid.scales.length] ?? 0;
          expect(Math.abs((near[i] ?? 0) - value)).toBeLessThanOrEqual(scale * 0.50001);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('keeps 0', () => {
    fc.assert(
      fc.property(tensor, gridOptions, ({ values, shape }, options) => {
        const near = rounded(values, shape, options);
        values.forEach((value, i) => {
          if (value === 0) expect(near[i]).toBe(0);
        });
      }),
    );
  });

  it('changes nothing the second time, symmetric', () => {
    fc.assert(
      fc.property(tensor, gridOptions, ({ values, shape }, chosen) => {
        const options = { ...chosen, symmetric: true };
        const once = rounded(values, shape, options);
        expect(rounded(once, shape, options)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time, whatever the bits of the scale', () => {
    const options: GridOptions = { type: 'int8', symmetric: true, range: 'minMax', byChannel: false };
    for (const type of ['int8', 'int4'] as const) {
      for (let k = 0; k < 20_000; k++) {
        const values = Float32Array.of(1 + k / 20_000, 0.3);
        const once = rounded(values, [2], { ...options, type });
        const twice = rounded(once, [2], { ...options, type });
        if (!Object.is(once[0], twice[0]) || !Object.is(once[1], twice[1])) expect(twice).toEqual(once);
      }
    }
  });

  it('has no larger squared error with mse than with minMax', () => {
    fc.assert(
      fc.property(tensor, gridOptions, ({ values, shape }, options) => {
        const errorOf = (range: GridOptions['range']): number =>
          squaredError(rounded(values, shape, { ...options, range }), values);
        expect(errorOf('mse')).toBeLessThanOrEqual(errorOf('minMax') * (1 + 1e-4) + 1e-12);
      }),
    );
  });

  it('clips an outlier where that is better', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    values[0] = 3;
    const options: GridOptions = { type: 'int4', symmetric: true, range: 'minMax', byChannel: false };
    const wide = squaredError(rounded(values, [1000], options), values);
    const clipped = squaredError(rounded(values, [1000], { ...options, range: 'mse' }), values);
    expect(clipped).toBeLessThan(0.5 * wide);
  });

  it('has no larger squared error by channel than by tensor where channels differ', () => {
    const values = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i) * 10 ** -(i % 4));
    for (const symmetric of [true, false]) {
      for (const range of ['minMax', 'mse'] as const) {
        const errorOf = (byChannel: boolean): number =>
          squaredError(rounded(values, [100, 4], { type: 'int8', symmetric, range, byChannel }), values);
        expect(errorOf(true)).toBeLessThan(errorOf(false));
      }
    }
  });

  it('takes zeros, constants, subnormal and huge numbers', () => {
    for (const value of [0, 1, -0.1, 1e-45, 1e-38, 3e38, -3.4e38]) {
      fc.assert(
        fc.property(gridOptions, (options) => {
          const values = new Float32Array(6).fill(value);
          const near = rounded(values, [3, 2], options);
          expect(near.every(Number.isFinite)).toBe(true);
          const held = Math.min(2 ** 126, Math.max(-(2 ** 126), value));
          // Below 2⁻¹²⁶ a step, there are no steps.
          expect(Math.abs((near[0] ?? 0) - held)).toBeLessThanOrEqual(1e-6 * Math.abs(held) + 2 ** -126);
        }),
      );
    }
  });
});

describe('dequantize', () => {
  it('takes scales along any axis', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), (axis) => {
        const shape = [2, 3, 4];
        const scales = Float32Array.from({ length: shape[axis] ?? 0 }, (_, k) => k + 1);
        const zeroPoints = new Int32Array(scales.length).fill(1);
        const grid = { type: 'int8' as const, codes: new Int8Array(24).fill(2), axis, scales, zeroPoints };
        const values = dequantize(grid, shape);
        for (let a = 0, i = 0; a < 2; a++)
          for (let b = 0; b < 3; b++)
            for (let c = 0; c < 4; c++, i++) expect(values[i]).toBe(([a, b, c][axis] ?? 0) + 1);
      }),
    );
  });
});
