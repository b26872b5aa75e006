// Convolutions on the wasm backend and both of their gradients, against the cpu backend.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWasm } from '../src/wasm/index.ts';
import { expectLikeCpu, normal, withGradients } from './wasm-against-cpu.ts';

/** A gradient of one filter weight may sum hundreds of terms. */
const sums = { scale: 4 };

/**
 * Random shapes; with padding in pixels TensorFlow.js sizes its output right for square filters and strides
 * only.
 */
const geometry = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 5 }),
    filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    outputs: fc.integer({ min: 1, max: 18 }),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.constantFrom('same' as const, 'valid' as const, 1),
    seed: fc.nat(1000),
  })
  .map((g): typeof g =>
    g.pad === 1 ? { ...g, filter: [g.filter[0], g.filter[0]], strides: [g.strides[0], g.strides[0]] } : g,
  )
  .filter(({ height, width, filter, pad }) => {
    const border = pad === 1 ? 2 : 0;
    return pad === 'same' || (height + border >= filter[0] && width + border >= filter[1]);
  });

describe('conv2d', () => {
  it('equals the cpu backend, forward and backward, on random geometries', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async (g) => {
        await expectLikeCpu(() => {
          const x = normal([g.batch, g.height, g.width, g.channels], g.seed);
          const filter = normal([...g.filter, g.channels, g.outputs], g.seed + 1);
          return withGradients(
            (image, kernel) => tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, g.strides, g.pad),
            [x, filter],
          );
        }, sums);
      }),
      { numRuns: 120 },
    );
  });

  it('sums over many positions and many channels, past one block of the inner loop', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
        [normal([3, 12, 12, 40], 1), normal([3, 3, 40, 20], 2)],
      ),
    );
  });

  it('has the gradients of a bilinear map when the output size is rounded up', async () => {
    // The cpu backend loses the last row of dy here, so the law ⟨dy, y⟩ = ⟨dx, x⟩ = ⟨df, f⟩ is the reference.
    await openWasm();
    tf.tidy(() => {
      const x = normal([2, 6, 6, 3], 1);
      const filter = normal([3, 3, 3, 4], 2);
      const [y, dx, df] = withGradients(
        (image, kernel) => tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, 2, 0, 'NHWC', 1, 'ceil'),
        [x, filter],
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
      expect(y.shape).toEqual([2, 3, 3, 4]);
      const dot = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0]!;
      const whole = dot(y, normal(y.shape, 99));
      expect(dot(dx, x) / whole).toBeCloseTo(1, 5);
      expect(dot(df, filter) / whole).toBeCloseTo(1, 5);
    });
  });

  it('accepts dilation in the forward direction', async () => {
    await expectLikeCpu(() => [
      tf.conv2d(
        normal([2, 9, 8, 3], 1) as tf.Tensor4D,
        normal([3, 2, 3, 5], 2) as tf.Tensor4D,
        1,
        'same',
        'NHWC',
        2,
      ),
    ]);
  });

  it('computes the gradient of a transposed convolution', async () => {
    await expectLikeCpu(() =>
      withGradients(
        (x, filter) => tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 8, 8, 6], 2, 'same'),
        [normal([2, 4, 4, 3], 1), normal([2, 2, 6, 3], 2)],
      ),
    );
  });

  it('refuses channels-first images with a remedy', async () => {
    await openWasm();
    const x = tf.zeros<tf.Rank.R4>([1, 2, 4, 4]);
    const filter = tf.zeros<tf.Rank.R4>([2, 2, 2, 1]);
    expect(() => tf.conv2d(x, filter, 1, 'valid', 'NCHW')).toThrow(/NHWC.*Transpose/);
    tf.dispose([x, filter]);
  });
});

describe('the gradients of depthwiseConv2d', () => {
  it('equal the cpu backend on random geometries', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, fc.integer({ min: 1, max: 3 }), async (g, multiplier) => {
        await expectLikeCpu(() => {
          const results = withGradients(
            (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, g.strides[0], g.pad),
            [
              normal([g.batch, g.height, g.width, g.channels], g.seed),
              normal([...g.filter, g.channels, multiplier], g.seed + 1),
            ],
          );
          // Going forward is not ours, and wrong in tfjs-backend-wasm 4.22 for some strides above the filter
          // size.
          return results.slice(1);
        }, sums);
      }),
      { numRuns: 60 },
    );
  });
});
