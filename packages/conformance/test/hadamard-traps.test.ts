// The two traps of a block-randomised Hadamard map, built on purpose: the suite rejects each of them, by the law that
// is about it and by no other, and accepts the same map with both safeguards.
import { brokenLaws, projectionLaws } from '@mapping-networks/conformance';
import { hadamard, randomKey, type BoundProjection } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { textbookHadamard, textbookMatrix, type Safeguards } from './broken/textbook-hadamard.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Two full blocks and part of a third. */
const SIZES = [
  { columns: 77, rows: 300 },
  { columns: 540, rows: 2300 },
  { columns: 1500, rows: 4500 },
  { columns: 2072, rows: 9000 },
] as const;

const ABOUT_ROWS = ['no two rows', 'rows at no power-of-two distance', 'the mean row'];

/** Laws that the map with these safeguards breaks; at large sizes only those that speak of pairs and of the mean. */
const brokenNames = async (options: Partial<Safeguards>, size: (typeof SIZES)[number]): Promise<string[]> => {
  const laws = projectionLaws(textbookHadamard(options), { sizes: [size] });
  const some = laws.filter(
    ({ name }) => size.columns < 1000 || ABOUT_ROWS.some((part) => name.includes(part)),
  );
  return (await brokenLaws(some)).map(({ name }) => name.replace(/^.*?: /, ''));
};

describe.each(SIZES)('$columns to $rows', (size) => {
  test('with both safeguards every law holds', async () => {
    expect(await brokenNames({}, size)).toEqual([]);
  });

  test('without the random subset, padding ties rows', async () => {
    const names = await brokenNames({ randomSubset: false }, size);
    expect(names).toContain('rows at no power-of-two distance are tied, as claimed');
    expect(names.every((name) => ABOUT_ROWS.some((part) => name.includes(part)))).toBe(true);
  });

  test('without left signs, the mean row lies in one coordinate', async () => {
    expect(await brokenNames({ leftSigns: false }, size)).toEqual([
      'the mean row does not lie in one coordinate',
    ]);
  });
});

describe('the size of the traps, at d = 2,072', () => {
  const [rows, columns, n] = [4096, 2072, 4096];
  const key = randomKey(1);

  /** The largest |cos| of rows i and i + n/2. */
  const worstTie = (w: Float32Array): number => {
    const cosines = Array.from({ length: n / 2 }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < columns; c++)
        sum += (w[i * columns + c] ?? 0) * (w[(i + n / 2) * columns + c] ?? 0);
      return Math.abs(sum);
    });
    return Math.max(...cosines);
  };

  test('rows i and i + n/2 have cosine 0.977 without the subset, and under 0.07 with it', () => {
    expect(
      worstTie(textbookMatrix(rows, columns, key, { randomSubset: false, leftSigns: true })),
    ).toBeCloseTo(0.977, 3);
    expect(
      worstTie(textbookMatrix(rows, columns, key, { randomSubset: true, leftSigns: true })),
    ).toBeLessThan(0.07);
  });

  const share = (bound: BoundProjection): number => {
    const energies = bound.projectAdjoint(new Float32Array(bound.rows).fill(1)).map((value) => value * value);
    return Math.max(...energies) / energies.reduce((sum, energy) => sum + energy, 0);
  };

  test('one coordinate has over 97 % of the mean row without left signs, and under 2 % with them', () => {
    const of = (leftSigns: boolean): number =>
      share(textbookHadamard({ leftSigns, randomSubset: false }).impl.bind(9000, columns, key));
    expect(of(false)).toBeGreaterThan(0.97);
    expect(of(true)).toBeLessThan(0.02);
    expect(share(hadamard().impl.bind(537_994, columns, key))).toBeLessThan(0.02);
  });
});
