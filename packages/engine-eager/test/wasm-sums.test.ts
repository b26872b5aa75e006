// Sums on the wasm backend: over leading axes (the gradient of a bias), over segments (the gradient of
// gather).
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';
import { expectLikeCpu, normal } from './wasm-against-cpu.ts';

const reduction = fc.record({
  shape: fc.tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom(1, 10, 16, 32, 48),
  ),
  axes: fc.constantFrom<number[][]>([0], [0, 1], [1], [2], [1, 0], [0, 2], [0, 1, 2], []),
  keepDims: fc.boolean(),
  seed: fc.nat(1000),
});

describe('sum and mean', () => {
  it.each(['sum', 'mean'] as const)('%s equals the cpu backend over any axes', async (name) => {
    await fc.assert(
      fc.asyncProperty(reduction, async ({ shape, axes, keepDims, seed }) => {
        const scale = name === 'sum' ? Math.sqrt(shape[0] * shape[1] * shape[2]) : 1;
        await expectLikeCpu(() => [tf[name](normal(shape, seed), axes, keepDims)], { scale });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps rounding errors small over many rows', async () => {
    await openWasm();
    tf.tidy(() => {
      const rows = 100_000;
      const sums = tf.sum(tf.fill([rows, 16], 0.1), 0).dataSync();
      for (const sum of sums) expect(Math.abs(sum / (rows * Math.fround(0.1)) - 1)).toBeLessThan(5e-6);
    });
  });

  it('sums integers exactly', async () => {
    await expectLikeCpu(() => [tf.sum(tf.ones([40, 16], 'int32'), 0)], { tolerance: 0 });
  });
});

describe('unsortedSegmentSum', () => {
  const segments = fc.record({
    ids: fc.array(fc.integer({ min: -1, max: 7 }), { minLength: 1, maxLength: 30 }),
    width: fc.constantFrom([], [1], [3], [2, 4]),
    dtype: fc.constantFrom('float32' as const, 'int32' as const),
    seed: fc.nat(1000),
  });

  it('equals the cpu backend; ids outside the range add to nothing', async () => {
    await fc.assert(
      fc.asyncProperty(segments, async ({ ids, width, dtype, seed }) => {
        await expectLikeCpu(
          () => {
            const x = tf.cast(tf.mul(normal([ids.length, ...width], seed), 10), dtype);
            return [tf.unsortedSegmentSum(x, tf.tensor1d(ids, 'int32'), 6)];
          },
          { tolerance: 1e-6, scale: 10 },
        );
      }),
      { numRuns: 60 },
    );
  });
});
