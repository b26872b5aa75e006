// Principal components against scikit-learn's documented example, and under rotations, which must not change them.
import { principalComponents } from '@mapping-networks/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const points = fc.array(
  fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
  {
    minLength: 3,
    maxLength: 12,
  },
);

/** A rotation about the third axis, then about the first. */
const rotated = ([x = 0, y = 0, z = 0]: readonly number[], a: number, b: number): number[] => {
  const [u, v] = [Math.cos(a) * x - Math.sin(a) * y, Math.sin(a) * x + Math.cos(a) * y];
  return [u, Math.cos(b) * v - Math.sin(b) * z, Math.sin(b) * v + Math.cos(b) * z];
};

describe('principalComponents', () => {
  it('is the example of sklearn.decomposition.PCA', () => {
    const example = [
      [-1, -1],
      [-2, -1],
      [-3, -2],
      [1, 1],
      [2, 1],
      [3, 2],
    ];
    const { scores, explained } = principalComponents(example);
    expect(explained[0]).toBeCloseTo(0.99244289, 8);
    expect(explained[1]).toBeCloseTo(0.00755711, 8);
    const lengths = [0, 1].map((k) => Math.hypot(...scores.map((row) => row[k] ?? 0)));
    expect(lengths[0]).toBeCloseTo(6.30061232, 7);
    expect(lengths[1]).toBeCloseTo(0.54980396, 7);
  });

  it('explains falling shares of at most everything', () => {
    fc.assert(
      fc.property(points, (all) => {
        const { explained } = principalComponents(all, 3);
        expect(explained).toEqual(explained.toSorted((a, b) => b - a));
        const sum = explained.reduce((total, share) => total + share, 0);
        expect(sum).toBeLessThanOrEqual(1 + 1e-9);
        // Three components hold all of three dimensions, unless all points are one.
        if (sum > 0) expect(sum).toBeCloseTo(1, 9);
      }),
    );
  });

  it('keeps all distances when it keeps all components, rotated or not', () => {
    fc.assert(
      fc.property(
        points,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (all, a, b) => {
          const plain = principalComponents(all, 3);
          const turned = principalComponents(
            all.map((point) => rotated(point, a, b)),
            3,
          );
          turned.explained.forEach((share, k) => expect(share).toBeCloseTo(plain.explained[k] ?? 0, 9));
          const distance = (rows: readonly (readonly number[])[], i: number, j: number): number =>
            Math.hypot(...[0, 1, 2].map((k) => (rows[i]?.[k] ?? 0) - (rows[j]?.[k] ?? 0)));
          all.forEach((_, i) => {
            expect(distance(plain.scores, i, 0)).toBeCloseTo(distance(all, i, 0), 6);
            expect(distance(turned.scores, i, 0)).toBeCloseTo(distance(all, i, 0), 6);
          });
        },
      ),
    );
  });

  it('finds a line in many coordinates, its end on the positive side', () => {
    const line = [0, 1, 4].map((t) =>
      Float32Array.from({ length: 500 }, (_, c) => Math.cos(c) - t * Math.sin(c)),
    );
    const { scores, explained } = principalComponents(line);
    expect(explained[0]).toBeCloseTo(1, 9);
    const ways = scores.map(([first = 0]) => first);
    expect(ways[2]).toBeGreaterThan(0);
    expect(((ways[2] ?? 0) - (ways[1] ?? 0)) / ((ways[1] ?? 0) - (ways[0] ?? 0))).toBeCloseTo(3, 5);
  });

  it('refuses points that are not finite', () => {
    expect(() =>
      principalComponents([
        [1, 2],
        [Number.NaN, 0],
      ]),
    ).toThrow(expect.objectContaining({ code: 'REPORT_NOT_FINITE' }));
  });

  it('explains nothing where nothing moves', () => {
    expect(
      principalComponents([
        [1, 2],
        [1, 2],
      ]).explained,
    ).toEqual([0, 0]);
    expect(principalComponents([])).toEqual({ scores: [], explained: [] });
  });
});
