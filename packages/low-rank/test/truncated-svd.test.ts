// Truncated SVD against singular values by another algorithm, and against the theorem of Eckart and Young.
import { float32, normal, randomKey, type ArrayTensor } from '@mapping-networks/core';
import { rankByEnergy, truncatedSvd } from '@mapping-networks/low-rank';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jacobiSingularValues } from './support/jacobi.ts';

const random = (rows: number, columns: number, seed: number): ArrayTensor =>
  float32(normal(randomKey(seed, 'matrix'), rows * columns), [rows, columns]);

/** ‖W − U V‖_F in float64. */
const distance = (w: ArrayTensor, u: ArrayTensor, v: ArrayTensor): number => {
  const [rows = 0, rank = 0] = u.shape;
  const columns = v.shape[1] ?? 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let product = 0;
      for (let k = 0; k < rank; k++) product += (u.data[i * rank + k] ?? 0) * (v.data[k * columns + j] ?? 0);
      sum += ((w.data[i * columns + j] ?? 0) - product) ** 2;
    }
  }
  return Math.sqrt(sum);
};

const tail = (values: ArrayLike<number>, from: number): number =>
  Math.sqrt(
    Array.from(values)
      .slice(from)
      .reduce((sum, value) => sum + value * value, 0),
  );

describe.each([
  [40, 12],
  [12, 40],
  [17, 17],
  [9, 1],
  [1, 9],
])('%i×%i', (rows, columns) => {
  const w = random(rows, columns, 3);
  const reference = jacobiSingularValues(rows, columns, w.data);
  const most = Math.min(rows, columns);

  test('singular values are those of one-sided Jacobi rotations', () => {
    const { singularValues } = truncatedSvd(w, { rank: 1 });
    expect(singularValues).toHaveLength(most);
    singularValues.forEach((value, i) => expect(value).toBeCloseTo(reference[i] ?? Number.NaN, 8));
  });

  test('at every rank the error is the root of the squares left out (Eckart & Young)', () => {
    for (let rank = 1; rank <= most; rank++) {
      const { u, v, energy } = truncatedSvd(w, { rank });
      expect([u.shape, v.shape]).toEqual([
        [rows, rank],
        [rank, columns],
      ]);
      expect(distance(w, u, v)).toBeCloseTo(tail(reference, rank), 4);
      expect(energy).toBeCloseTo(1 - (tail(reference, rank) / tail(reference, 0)) ** 2, 8);
    }
  });

  test('U and V are of one size', () => {
    const { u, v, singularValues } = truncatedSvd(w, { rank: most });
    const size = ({ data }: ArrayTensor): number =>
      Array.from(data).reduce((sum, value) => sum + value * value, 0);
    expect(size(u) / size(v)).toBeCloseTo(1, 5);
    expect(size(u)).toBeCloseTo(
      singularValues.reduce((sum, value) => sum + value, 0),
      3,
    );
  });
});

test('no other matrix of that rank is closer', () => {
  const w = random(10, 8, 0);
  const { u, v } = truncatedSvd(w, { rank: 3 });
  const best = distance(w, u, v);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(1e-2, 0.1, 1), (seed, step) => {
      const moved = ({ data, shape }: ArrayTensor, name: string): ArrayTensor => {
        const noise = normal(randomKey(seed, name), data.length);
        return float32(
          Float32Array.from(data, (value, i) => value + step * (noise[i] ?? 0)),
          shape,
        );
      };
      expect(distance(w, moved(u, 'u'), moved(v, 'v'))).toBeGreaterThan(best);
    }),
  );
});

test('a convolution is a matrix of (height · width · in) × out', () => {
  const w = random(18, 4, 1);
  const kernel = float32(w.data as Float32Array, [3, 3, 2, 4]);
  expect(truncatedSvd(kernel, { rank: 2 })).toEqual(truncatedSvd(w, { rank: 2 }));
});

test('a matrix of zeros has rank one and keeps everything', () => {
  const { rank, energy, u, v } = truncatedSvd(float32(new Float32Array(12), [4, 3]), { energy: 0.9 });
  expect([rank, energy]).toEqual([1, 1]);
  expect([...u.data, ...v.data].every((value) => value === 0)).toBe(true);
});

describe('rank by energy', () => {
  test('is the lowest that keeps it', () => {
    const values = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.double({ min: 1e-6, max: 1, noNaN: true }), (list, energy) => {
        const sorted = list.toSorted((a, b) => b - a);
        const squares = (to: number): number => tail(sorted, 0) ** 2 - tail(sorted, to) ** 2;
        const rank = rankByEnergy(sorted, energy);
        const slack = 1e-9 * squares(sorted.length);
        expect(squares(rank)).toBeGreaterThanOrEqual(energy * squares(sorted.length) - slack);
        if (rank > 1) expect(squares(rank - 1)).toBeLessThan(energy * squares(sorted.length) + slack);
      }),
    );
  });

  test('all of it takes every singular value but zeros', () => {
    expect(rankByEnergy([2, 1, 1e-9], 1)).toBe(3);
    expect(rankByEnergy([2, 1, 0, 0], 1)).toBe(2);
  });

  test('truncates by it', () => {
    const w = random(30, 20, 2);
    const { rank, energy, singularValues } = truncatedSvd(w, { energy: 0.8 });
    expect(rank).toBe(rankByEnergy(singularValues, 0.8));
    expect(energy).toBeGreaterThanOrEqual(0.8);
    expect(truncatedSvd(w, { rank: rank - 1 }).energy).toBeLessThan(0.8);
  });
});

describe('refuses', () => {
  const w = random(4, 3, 0);
  test.each([
    ['no matrix', () => truncatedSvd(float32(Float32Array.of(1, 2)), { rank: 1 }), 'CORE_INVALID_ARGUMENT'],
    ['a rank too high', () => truncatedSvd(w, { rank: 4 }), 'CORE_INVALID_ARGUMENT'],
    ['no energy', () => truncatedSvd(w, { energy: 0 }), 'CORE_INVALID_ARGUMENT'],
    // @ts-expect-error neither
    ['neither rank nor energy', () => truncatedSvd(w, {}), 'LOW_RANK_RANK_OR_ENERGY'],
    [
      'what is not finite',
      () => truncatedSvd(float32(Float32Array.of(1, Number.NaN), [1, 2]), { rank: 1 }),
      'LOW_RANK_NOT_FINITE',
    ],
    ['values out of order', () => rankByEnergy([1, 2], 0.5), 'CORE_INVALID_ARGUMENT'],
    ['no values', () => rankByEnergy([], 0.5), 'CORE_INVALID_ARGUMENT'],
    ['an energy above 1', () => rankByEnergy([2, 1], 1.5), 'CORE_INVALID_ARGUMENT'],
  ])('%s', (_what, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
