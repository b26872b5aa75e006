// Matrix products on the wasm backend: every transposition, batches, broadcasting, and their gradients.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';
import { expectLikeCpu, normal, withGradients } from './wasm-against-cpu.ts';

const size = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(31, 64, 257, 600));
const product = fc
  .record({
    rows: size,
    inner: size,
    columns: size,
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    batch: fc.constantFrom([], [1], [3], [2, 2]),
    seed: fc.nat(1000),
  })
  .filter(({ rows, inner, columns }) => rows * inner * columns < 3_000_000);

describe('matMul', () => {
  it('equals the cpu backend, forward and backward, on random shapes', async () => {
    await fc.assert(
      fc.asyncProperty(product, async ({ rows, inner, columns, transposeA, transposeB, batch, seed }) => {
        await expectLikeCpu(
          () =>
            withGradients(
              (a, b) => tf.matMul(a, b, transposeA, transposeB),
              [
                normal([...batch, ...(transposeA ? [inner, rows] : [rows, inner])], seed),
                normal([...batch, ...(transposeB ? [columns, inner] : [inner, columns])], seed + 1),
              ],
            ),
          { scale: Math.sqrt(Math.max(rows, inner, columns)) },
        );
      }),
      { numRuns: 80 },
    );
  });

  it('broadcasts batches on either side', async () => {
    await openWasm();
    tf.tidy(() => {
      const a = normal([2, 1, 4, 5], 1);
      const b = normal([3, 5, 6], 2);
      const product = tf.matMul(a, b);
      const repeated = tf.matMul(tf.tile(a, [1, 3, 1, 1]), tf.tile(tf.expandDims(b, 0), [2, 1, 1, 1]));
      expect(product.shape).toEqual([2, 3, 4, 6]);
      expect(product.dataSync()).toEqual(repeated.dataSync());
    });
  });

  it('gives zeros for an empty inner dimension', async () => {
    await openWasm();
    tf.tidy(() => {
      const product = tf.matMul(tf.zeros<tf.Rank.R2>([3, 0]), tf.zeros<tf.Rank.R2>([0, 9]));
      expect(product.dataSync()).toEqual(new Float32Array(27));
    });
  });

  it('repeats bit for bit', async () => {
    await openWasm();
    tf.tidy(() => {
      const a = normal([70, 300], 1) as tf.Tensor2D;
      const b = normal([300, 50], 2) as tf.Tensor2D;
      const first = tf.matMul(a, b).dataSync();
      // Often enough for the JavaScript engine to replace the quickly compiled code by the optimised one.
      for (let again = 0; again < 40; again++) expect(tf.matMul(a, b).dataSync()).toEqual(first);
    });
  });

  it('refuses integers with a remedy', async () => {
    await openWasm();
    tf.tidy(() => {
      const a = tf.ones([2, 2], 'int32') as tf.Tensor2D;
      expect(() => tf.matMul(a, a)).toThrow(/float32.*int32.*tf\.cast/);
    });
  });
});
