// Drawings as MNIST would have them: sizes and places that can be worked out by hand, and what must not matter.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverage } from '../src/digit/coverage.ts';
import { mnistImage, SIDE } from '../src/digit/mnist-image.ts';
import type { Stroke } from '../src/digit/stroke.ts';

const line = (...places: readonly (readonly [x: number, y: number])[]): Stroke =>
  places.map(([x, y]) => ({ x, y, width: 0.07 }));

/** Rows and columns from the first to the last with ink. */
const inkBox = (image: Float32Array): { rows: number; columns: number } => {
  const inked = [...image.keys()].filter((i) => (image[i] ?? 0) > 0);
  const span = (values: number[]): number => Math.max(...values) - Math.min(...values) + 1;
  return { rows: span(inked.map((i) => Math.floor(i / SIDE))), columns: span(inked.map((i) => i % SIDE)) };
};

const centreOfMass = (image: Float32Array): [x: number, y: number] => {
  const mass = image.reduce((sum, ink) => sum + ink, 0);
  const mean = (place: (i: number) => number): number =>
    image.reduce((sum, ink, i) => sum + ink * place(i), 0) / mass;
  return [mean((i) => i % SIDE), mean((i) => Math.floor(i / SIDE))];
};

describe('coverage', () => {
  test('of a line along the pixels is what it covers of each', () => {
    const pixels = coverage([[1, 3].map((x) => ({ x, y: 2, width: 1 }))], 4);
    // From 1 to 3 in x and from 1.5 to 2.5 in y: half of each of these; round ends reach beyond.
    for (const i of [5, 6, 9, 10]) expect(pixels[i]).toBe(0.5);
    for (const i of [4, 7, 8, 11]) expect(pixels[i]).toBeGreaterThan(0);
    expect(pixels[0]).toBe(0);
  });

  test('of a dot is about the area of a disc', () => {
    const area = coverage([[{ x: 14, y: 14, width: 10 }]], 28).reduce((sum, ink) => sum + ink, 0);
    expect(area).toBeGreaterThan(0.97 * Math.PI * 25);
    expect(area).toBeLessThan(1.03 * Math.PI * 25);
  });
});

describe('a drawing as an MNIST image', () => {
  test('is empty where nothing is drawn', () => {
    expect(mnistImage([]).every((ink) => ink === 0)).toBe(true);
    expect(mnistImage([[]]).length).toBe(SIDE * SIDE);
  });

  test('has its longer side in 20 pixels, and keeps its proportions', () => {
    const { rows, columns } = inkBox(
      mnistImage([line([0.3, 0.1], [0.3, 0.9], [0.7, 0.9], [0.7, 0.1], [0.3, 0.1])]),
    );
    expect(rows).toBeGreaterThanOrEqual(20);
    expect(rows).toBeLessThanOrEqual(21);
    // Between the middles of its lines 0.8 : 0.4, and about 2.8 wide.
    expect(columns).toBeGreaterThanOrEqual(11);
    expect(columns).toBeLessThanOrEqual(13);
  });

  test('has its centre of mass in the middle of pixel 14, as MNIST has', () => {
    const place = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (places) => {
        const [x, y] = centreOfMass(mnistImage([line(...places)]));
        expect(Math.abs(x - 14)).toBeLessThan(0.5);
        expect(Math.abs(y - 14)).toBeLessThan(0.5);
      }),
      { numRuns: 50 },
    );
  });

  test('depends neither on where it is drawn nor on how large nor, much, on the pen', () => {
    const at = (x: number, y: number, size: number, width: number): Float32Array =>
      mnistImage([
        [
          [0, 0],
          [1, 0],
          [0.4, 1],
        ].map(([u = 0, v = 0]) => ({ x: x + u * size, y: y + v * size, width })),
      ]);
    const first = at(0.2, 0.2, 0.6, 0.07);
    expect(at(0.3, 0.1, 0.6, 0.07)).toEqual(first);
    for (const other of [at(0.5, 0.5, 0.3, 0.035), at(0.2, 0.2, 0.6, 0.04), at(0.1, 0.1, 0.8, 0.07)])
      expect(Math.max(...other.map((ink, i) => Math.abs(ink - (first[i] ?? 0))))).toBeLessThan(0.5);
  });

  test('a dot stays a dot', () => {
    const { rows, columns } = inkBox(mnistImage([line([0.9, 0.1])]));
    expect(rows).toBeLessThanOrEqual(5);
    expect(columns).toBeLessThanOrEqual(5);
  });
});
