// Pooling on the wasm backend: random windows, overlapping ones too, and images full of ties.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';
import { coarse, expectLikeCpu, withGradients } from './wasm-against-cpu.ts';

const windows = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 4, max: 10 }),
  width: fc.integer({ min: 4, max: 10 }),
  channels: fc.constantFrom(1, 3, 4, 8, 12),
  filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  pad: fc.constantFrom('same' as const, 'valid' as const),
  seed: fc.nat(1000),
});

describe.each(['maxPool', 'avgPool'] as const)('%s', (name) => {
  it('equals the cpu backend, forward and backward', async () => {
    await fc.assert(
      fc.asyncProperty(windows, async ({ batch, height, width, channels, filter, strides, pad, seed }) => {
        await expectLikeCpu(() =>
          withGradients(
            (x) => tf[name](x as tf.Tensor4D, filter, strides, pad),
            [coarse([batch, height, width, channels], seed)],
          ),
        );
      }),
      { numRuns: 80 },
    );
  });
});

describe('the gradient of maxPool', () => {
  it.each([4, 3])('goes to the first of equal maxima, with %i channels', async (channels) => {
    await openWasm();
    tf.tidy(() => {
      const flat = tf.fill([1, 4, 4, channels], 0.5);
      const gradient = tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(flat);
      const firstChannel = [...tf.slice(gradient, [0, 0, 0, channels - 1], [1, 4, 4, 1]).dataSync()];
      expect(firstChannel).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    });
  });
});
