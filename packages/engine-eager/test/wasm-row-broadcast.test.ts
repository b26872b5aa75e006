// Arithmetic of a tensor with a row along its last axis, and with everything else that must not be taken for
// one.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectLikeCpu, normal, withGradients } from './wasm-against-cpu.ts';

/** Gradients of rows sum numbers of this size. */
const terms = { scale: 1 };

const shapes = fc.record({
  leading: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 0, maxLength: 3 }),
  width: fc.constantFrom(1, 3, 4, 8, 16, 20),
  ones: fc.integer({ min: 0, max: 4 }),
  seed: fc.nat(1000),
});

describe.each(['add', 'sub', 'mul'] as const)('%s', (name) => {
  it('equals the cpu backend, with the row on either side', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), async ({ leading, width, ones, seed }, swapped) => {
        const row = [...Array<number>(ones).fill(1), width];
        await expectLikeCpu(() => {
          const inputs = [normal([...leading, width], seed), normal(row, seed + 1)];
          return withGradients((a, b) => tf[name](a, b), swapped ? inputs.reverse() : inputs);
        }, terms);
      }),
      { numRuns: 60 },
    );
  });

  it('promotes integers as before', async () => {
    await expectLikeCpu(() => [tf[name](tf.ones([3, 4], 'int32'), tf.tensor1d([1, 2, 3, 4], 'int32'))], {
      tolerance: 0,
    });
  });
});
