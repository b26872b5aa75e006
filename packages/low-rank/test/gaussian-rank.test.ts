// The rank at which a Gaussian matrix keeps an energy, against the singular values of random matrices.
import { normal, randomKey } from '@mapping-networks/core';
import { gaussianRank } from '@mapping-networks/low-rank';
import fc from 'fast-check';
import { Matrix, SVD } from 'ml-matrix';
import { describe, expect, test } from 'vitest';

/** The rank of one random matrix at each energy, by its own singular values. */
const measured = (rows: number, columns: number, energies: readonly number[], seed: number) => {
  const data = normal(randomKey(seed, 'matrix'), rows * columns);
  const squares = new SVD(Matrix.from1DArray(rows, columns, [...data]), { autoTranspose: true }).diagonal.map(
    (value) => value * value,
  );
  const all = squares.reduce((sum, square) => sum + square, 0);
  return energies.map((energy) => {
    let kept = 0;
    return 1 + squares.findIndex((square) => (kept += square) >= energy * all);
  });
};

const energies = [0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99];

describe.each([
  [200, 40],
  [120, 120],
  [60, 150],
  [90, 10],
  [300, 3],
])('%i×%i', (rows, columns) => {
  test('is within one of the rank of random matrices', () => {
    for (let seed = 0; seed < 2; seed++) {
      const ranks = measured(rows, columns, energies, seed);
      energies.forEach((energy, i) => {
        expect(
          Math.abs(gaussianRank(rows, columns, energy) - (ranks[i] ?? 0)),
          String(energy),
        ).toBeLessThanOrEqual(1);
      });
    }
  });
});

test('all of the energy takes all of the rank, and a vector has rank one', () => {
  expect(gaussianRank(128, 800, 1)).toBe(128);
  expect(gaussianRank(1, 5000, 0.001)).toBe(1);
  expect(gaussianRank(7, 1, 1)).toBe(1);
});

test('closed form of a square matrix: energy (φ − sin φ cos φ)/π is kept by the share (φ − sin φ)/π', () => {
  for (const angle of [0.4, 1, 1.7, 2.5, 3]) {
    const energy = (angle - Math.sin(angle) * Math.cos(angle)) / Math.PI;
    const share = (angle - Math.sin(angle)) / Math.PI;
    const side = 20_000;
    expect(Math.abs(gaussianRank(side, side, energy) - Math.ceil(share * side))).toBeLessThanOrEqual(1);
  }
});

test('grows with the energy, lies between one and the smaller side, is the same for the transposed', () => {
  const side = fc.integer({ min: 1, max: 5000 });
  const part = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(side, side, part, part, (m, n, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((energy) => gaussianRank(m, n, energy));
      expect(low).toBeLessThanOrEqual(high as number);
      expect(low).toBeGreaterThanOrEqual(1);
      expect(high).toBeLessThanOrEqual(Math.min(m, n));
      expect(gaussianRank(n, m, a)).toBe(gaussianRank(m, n, a));
    }),
  );
});

test('refuses what is no matrix and no part', () => {
  expect(() => gaussianRank(0, 5, 0.5)).toThrow(expect.objectContaining({ code: 'CORE_INVALID_ARGUMENT' }));
  expect(() => gaussianRank(5, 5, 0)).toThrow('a number above 0 and at most 1, got 0');
  expect(() => gaussianRank(5, 5, Number.NaN)).toThrow('above 0 and at most 1, got NaN');
});
