// Convolutions and pools of the sizes that networks have, with their gradients, against TensorFlow.js' cpu backend:
// channels that the processor's blocks hold or do not hold, strides, dilations, all kinds of padding, ties.
import { float32, type ArrayTensor } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  floats,
  gradients,
  halves,
  seeds,
  type Example$,
  type Shape,
} from '../../graph/test/kernels/example.ts';
import { expectAgreement, openEngines, runs } from './against-cpu.ts';

const engines = openEngines();

type Pad = 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]];

const as4 = (x: tf.Tensor | undefined): tf.Tensor4D => x as tf.Tensor4D;

const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const pair = (min: number, max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(whole(min, max), whole(min, max));

/** Padding of each side on its own, less than the window. */
const paddings = (size: readonly [number, number]): fc.Arbitrary<Pad> =>
  fc.oneof(
    fc.constantFrom<Pad>('same', 'valid'),
    fc
      .tuple(...[size[0], size[0], size[1], size[1]].map((side) => fc.nat(side - 1)))
      .map(([top = 0, bottom = 0, left = 0, right = 0]): Pad => [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]),
  );

/** Channels that fill blocks of 8 or 16, and such that do not. */
const channels = fc.oneof(whole(1, 6), fc.constantFrom(8, 16, 17, 24, 32, 33, 48, 64));

interface Window {
  readonly size: [number, number];
  readonly strides: [number, number];
  readonly pad: Pad;
  readonly image: [number, number];
}

const windows = (least: number): fc.Arbitrary<Window> =>
  pair(least, 3).chain((size) =>
    fc.record({
      size: fc.constant(size),
      strides: fc.oneof(fc.constant<[number, number]>([1, 1]), pair(1, 3)),
      pad: paddings(size),
      image: pair(5, 9),
    }),
  );

/** The image takes part in the gradients, as those of a hidden layer do. */
const convolution = (
  windowsOf: fc.Arbitrary<Window>,
  sides: fc.Arbitrary<readonly [number, number]>,
  dilations: fc.Arbitrary<[number, number]>,
): Example$ =>
  fc
    .tuple(windowsOf, sides, whole(1, 3), dilations, seeds)
    .map(([{ size, strides, pad, image }, [c, filters], batch, dilation, seed]) => {
      const dilated = dilation.some((d) => d > 1);
      const x = floats([batch, ...image, c], seed, -1, 1);
      const filter = floats([...size, c, filters], seed + 1, -1, 1);
      return gradients([x, filter], (a, b) =>
        tf.conv2d(as4(a), as4(b), dilated ? 1 : strides, pad, 'NHWC', dilation),
      );
    });

const undilated = fc.constant<[number, number]>([1, 1]);
const straight = fc.constant<[number, number]>([1, 1]);

/** One step of several examples a run: compiling is what takes time. */
const holds = async (examples: Example$, count: number): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(fc.array(examples, { minLength: count, maxLength: count }), (list) =>
      expectAgreement(engines(), list),
    ),
    runs(2),
  );
};

describe('convolutions', () => {
  it('of any channels', () => holds(convolution(windows(1), fc.tuple(channels, channels), undilated), 8));

  it('whose channels fill blocks', () => {
    const blocks = fc.constantFrom(32, 48, 64);
    const stride1 = windows(1).map((window) => ({ ...window, strides: [1, 1] as [number, number] }));
    return holds(convolution(stride1, fc.tuple(blocks, blocks), undilated), 3);
  });

  it('with dilation', () => {
    // TensorFlow.js has no gradients of dilated convolutions.
    const example = fc
      .tuple(windows(1), fc.tuple(channels, channels), pair(1, 2), seeds)
      .map(([{ size, pad, image }, [c, filters], dilation, seed]) => ({
        arrays: {
          x: floats([2, ...image, c], seed, -1, 1),
          filter: floats([...size, c, filters], seed + 1, -1, 1),
        },
        step: ({ x, filter }: Readonly<Record<string, tf.Tensor>>) => ({
          y: tf.conv2d(as4(x), as4(filter), 1, pad, 'NHWC', dilation),
        }),
      }));
    return holds(example, 8);
  });

  it('of one element', () => {
    const ones = fc.record({
      size: straight,
      strides: pair(1, 2),
      pad: fc.constantFrom<Pad>('same', 'valid'),
      image: pair(1, 6),
    });
    return holds(convolution(ones, fc.tuple(channels, channels), undilated), 8);
  });
});

/** Regions of one number, as images have them: many windows have no single greatest element. */
const flat = (shape: Shape, seed: number): ArrayTensor =>
  float32(Float32Array.from(halves(shape, seed).data, Math.sign), shape);

const pooling = (numbers: (shape: Shape, seed: number) => ArrayTensor, pool: typeof tf.maxPool): Example$ =>
  fc
    .tuple(windows(2), whole(1, 3), channels, seeds)
    .map(([{ size, strides, pad, image }, batch, c, seed]) =>
      gradients([numbers([batch, ...image, c], seed)], (x) => pool(as4(x), size, strides, pad)),
    );

describe('pools', () => {
  it('of different numbers', () => holds(pooling(floats, tf.maxPool), 8));

  it('with ties', () => holds(pooling(flat, tf.maxPool), 8));

  it('without padding, of means', () =>
    holds(
      pooling(floats, (x, size, strides) => tf.avgPool(x, size, strides, 'valid')),
      8,
    ));
});
