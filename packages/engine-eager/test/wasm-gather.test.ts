// Gathering numbers from a vector, and everything else that must not be taken for it.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';
import { expectLikeCpu, normal, withGradients } from './wasm-against-cpu.ts';

const cases = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  length: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(1000),
});

it('equals the cpu backend for vectors and for tensors, with gradients', async () => {
  await fc.assert(
    fc.asyncProperty(cases, fc.boolean(), async ({ shape, length, seed }, vector) => {
      await expectLikeCpu(() => {
        const x = normal(vector ? [length] : [length, 3], seed);
        const indices = tf.randomUniform(shape, 0, length, 'int32', seed + 1);
        return withGradients((a) => tf.gather(a as tf.Tensor1D, indices), [x]);
      });
    }),
    { numRuns: 40 },
  );
});

it('copies integers', async () => {
  await expectLikeCpu(
    () => [tf.gather(tf.tensor1d([-7, 2 ** 31 - 1, 3], 'int32'), tf.tensor1d([1, 0, 0, 2], 'int32'))],
    { tolerance: 0 },
  );
});

it('refuses an index out of range, and leaves nothing behind', async () => {
  await openWasm();
  for (const index of [3, -1]) {
    const before = tf.memory().numDataBuffers;
    expect(() => tf.tidy(() => tf.gather(tf.tensor1d([1, 2, 3]), tf.tensor1d([0, index], 'int32')))).toThrow(
      /GatherV2/,
    );
    expect(tf.memory().numDataBuffers).toBe(before);
  }
  await tf.setBackend('cpu');
});
