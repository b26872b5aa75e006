import { holdOut } from '@mapping-networks/datasets';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('train and validation part the rows', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.nat(), (a, b, seed) => {
      const [validation, count] = a < b ? [a, b] : [b, a];
      const held = holdOut(count, validation, seed);
      expect([held.train.length, held.validation.length]).toEqual([count - validation, validation]);
      expect([...held.train, ...held.validation].sort((x, y) => x - y)).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
      expect(holdOut(count, validation, seed)).toEqual(held);
    }),
  );
});

test('another seed holds out others', () => {
  expect(holdOut(1_000, 100, 1).validation).not.toEqual(holdOut(1_000, 100, 0).validation);
});

test('every row is held out about equally often', () => {
  const counts = new Float64Array(20);
  for (let seed = 0; seed < 2_000; seed++)
    for (const row of holdOut(20, 5, seed).validation) counts[row] = (counts[row] ?? 0) + 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
  expect(chiSquare).toBeLessThan(43.8); // 19 degrees of freedom, p = 0.001; drawing without replacement varies less
});
