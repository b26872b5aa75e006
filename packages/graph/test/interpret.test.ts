// The interpreter at the corners where libraries differ, against numbers written out or TensorFlow.js' cpu backend.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import type { Node } from '../src/ir/node.ts';
import type { BinaryOp, UnaryOp } from '../src/ir/op-names.ts';
import type { Window2d } from '../src/ir/window.ts';
import { windowOf } from './window-of.ts';
import { graphOf } from './expression.ts';

/** What a graph of constants comes to. */
const numbers = (make: (b: Builder) => Node): number[] => {
  const data = interpret(graphOf({ y: make(createBuilder()) }), {})['y']?.data;
  return data === undefined ? [] : [...data];
};

const floats = (b: Builder, values: readonly number[], shape: readonly number[] = [values.length]): Node =>
  b.constant(Float32Array.from(values), shape);

const whole = (b: Builder, values: readonly number[]): Node =>
  b.constant(Int32Array.from(values), [values.length]);

const unary = (op: UnaryOp, values: readonly number[]): number[] =>
  numbers((b) => b.unary(op, floats(b, values)));

const pairs = (op: BinaryOp, x: readonly number[], y: readonly number[]): number[] =>
  numbers((b) => b.binary(op, floats(b, x), floats(b, y)));

describe('single numbers', () => {
  it('rounds half to even', () => {
    expect(unary('round', [-1.5, -0.5, 0.5, 1.5, 2.5, 2.4])).toEqual([-2, 0, 0, 2, 2, 2]);
  });

  it('lets NaN through relu and extremes; step of it is 0', () => {
    expect(unary('relu', [NaN, -1, 2])).toEqual([NaN, 0, 2]);
    expect(unary('step', [NaN, -1, 0, 2])).toEqual([0, 0, 0, 1]);
    expect(pairs('max', [NaN, 1], [1, NaN])).toEqual([NaN, NaN]);
    expect(numbers((b) => b.reduce('max', floats(b, [1, NaN, 2]), [0]))).toEqual([NaN]);
  });

  it('takes the sign of the divisor for mod', () => {
    expect(pairs('mod', [5, -5, 5, -5], [3, 3, -3, -3])).toEqual([2, 1, -1, -2]);
  });

  it('divides whole numbers downwards, and stores nothing for division by 0', () => {
    const divided = numbers((b) => b.binary('div', whole(b, [7, -7, 7, 5]), whole(b, [2, 2, -2, 0])));
    expect(divided).toEqual([3, -4, -4, 0]);
    expect(pairs('floorDiv', [7, -7], [2, 2])).toEqual([3, -4]);
  });

  it('truncates to int32, compares with 0 for bool', () => {
    expect(numbers((b) => b.cast(floats(b, [1.9, -1.9, NaN]), 'int32'))).toEqual([1, -1, 0]);
    expect(numbers((b) => b.cast(floats(b, [0.5, 0, -2]), 'bool'))).toEqual([1, 0, 1]);
  });

  const ops: readonly (readonly [UnaryOp, (x: tf.Tensor) => tf.Tensor])[] = [
    ['elu', tf.elu],
    ['erf', tf.erf],
    ['expm1', tf.expm1],
    ['log1p', (x) => tf.log1p(tf.abs(x))],
    ['selu', tf.selu],
    ['sigmoid', tf.sigmoid],
    ['softplus', tf.softplus],
    ['tanh', tf.tanh],
    ['rsqrt', (x) => tf.rsqrt(tf.abs(x))],
    ['sign', tf.sign],
  ];
  it.each(ops)('%s as TensorFlow.js has it', (op, apply) => {
    const values = [-30, -4, -1.5, -0.2, 0.1, 0.9, 3, 40];
    const expected = tf.tidy(() => apply(tf.tensor1d(values)).dataSync());
    const positive = op === 'log1p' || op === 'rsqrt';
    const actual = unary(op, positive ? values.map(Math.abs) : values);
    actual.forEach((y, i) => expect(y).toBeCloseTo(expected[i] as number, 6));
  });
});

describe('many numbers', () => {
  it('sums in more than the precision of float32', () => {
    const sum = numbers((b) => b.reduce('sum', floats(b, [2 ** 24, 1, 1, 1, 1]), [0]));
    expect(sum).toEqual([2 ** 24 + 4]);
  });

  it('gives the first of equal extremes', () => {
    expect(numbers((b) => b.argExtreme('max', floats(b, [1, 3, 3, 2], [2, 2]), 0))).toEqual([1, 0]);
    expect(numbers((b) => b.argExtreme('min', floats(b, [1, 1, 0, 0], [2, 2]), 1))).toEqual([0, 0]);
  });

  it('ignores segments and classes out of range', () => {
    const rows = (b: Builder): Node => floats(b, [1, 2, 3, 4], [4, 1]);
    expect(numbers((b) => b.segmentSum(rows(b), whole(b, [1, 5, 1, -1]), 2))).toEqual([0, 4]);
    expect(numbers((b) => b.oneHot(whole(b, [1, 3, -1]), 2, 5, -1))).toEqual([-1, 5, -1, -1, -1, -1]);
  });

  it('sums running, from either end, with or without the element itself', () => {
    const running = (exclusive: boolean, reverse: boolean): number[] =>
      numbers((b) => b.cumulativeSum(floats(b, [1, 2, 4]), 0, exclusive, reverse));
    expect(running(false, false)).toEqual([1, 3, 7]);
    expect(running(true, false)).toEqual([0, 1, 3]);
    expect(running(false, true)).toEqual([7, 6, 4]);
    expect(running(true, true)).toEqual([6, 4, 0]);
  });

  it('walks slices backwards and in steps', () => {
    expect(numbers((b) => b.slice(floats(b, [0, 1, 2, 3, 4]), [4], [3], [-2]))).toEqual([4, 2, 0]);
  });
});

describe('windows', () => {
  it('gives the gradient of equal elements to the first one, by rows', () => {
    const gradient = numbers((b) =>
      b.maxPool2dGradient(
        floats(b, [5], [1, 1, 1, 1]),
        floats(b, [1, 2, 2, 2], [1, 2, 2, 1]),
        windowOf([2, 2], [2, 2], 1, 0),
      ),
    );
    expect(gradient).toEqual([0, 5, 0, 0]);
  });

  it('averages, and shares gradients, over the elements inside', () => {
    const over = windowOf([2, 2], [2, 2], 1, 1);
    const image = (b: Builder): Node => floats(b, [1, 2, 3, 6], [1, 2, 2, 1]);
    expect(numbers((b) => b.pool2d('average', image(b), over))).toEqual([1, 1.5, 2, 2, 3, 4, 3, 4.5, 6]);
    const gradient = numbers((b) => b.averagePool2dGradient(b.fill(1, [1, 3, 3, 1]), over));
    expect(gradient).toEqual([2.25, 2.25, 2.25, 2.25]);
  });

  it('pads each side by itself', () => {
    const over: Window2d = {
      ...windowOf([1, 2], [1, 2], 1, 0),
      padding: { top: 0, bottom: 0, left: 1, right: 0 },
      output: [1, 2],
    };
    const y = numbers((b) =>
      b.conv2d(floats(b, [1, 2], [1, 1, 2, 1]), floats(b, [10, 1], [1, 2, 1, 1]), over),
    );
    expect(y).toEqual([1, 12]);
  });

  const cases = fc.record({
    side: fc.integer({ min: 3, max: 6 }),
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    pad: fc.integer({ min: 0, max: 2 }),
    channels: fc.integer({ min: 1, max: 3 }),
  });
  const values = (length: number, seed: number): number[] =>
    Array.from({ length }, (_, i) => Math.fround(Math.sin(i * 12.9898 + seed) * 2));

  it('convolves, and takes both gradients, as TensorFlow.js does', () => {
    fc.assert(
      fc.property(cases, ({ side, size, stride, pad, channels }) => {
        const over = windowOf([side, side], [size, size], stride, pad);
        const shapes = { x: [2, side, side, channels], filter: [size, size, channels, 2] };
        const [x, filter] = [values(2 * side * side * channels, 1), values(size * size * channels * 2, 2)];
        const dy = values(2 * over.output[0] * over.output[1] * 2, 3);
        const dyShape = [2, ...over.output, 2];
        const [y, dx, dFilter] = tf.tidy(() => {
          const convolve = (a: tf.Tensor4D, f: tf.Tensor4D): tf.Tensor4D => tf.conv2d(a, f, stride, pad);
          const args = [
            tf.tensor4d(x, shapes.x as [number, number, number, number]),
            tf.tensor4d(filter, shapes.filter as [number, number, number, number]),
          ] as const;
          const slopes = tf.grads(convolve as (...xs: tf.Tensor[]) => tf.Tensor)(
            [...args],
            tf.tensor(dy, dyShape),
          );
          return [convolve(...args), ...slopes].map((tensor) => [...tensor.dataSync()]);
        }) as [number[], number[], number[]];
        const close = (actual: number[], expected: number[]): void =>
          expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4));
        const b = createBuilder();
        const nodes = {
          x: floats(b, x, shapes.x),
          filter: floats(b, filter, shapes.filter),
          dy: floats(b, dy, dyShape),
        };
        close(
          numbers(() => b.conv2d(nodes.x, nodes.filter, over)),
          y,
        );
        close(
          numbers(() => b.conv2dInputGradient(nodes.dy, nodes.filter, over)),
          dx,
        );
        close(
          numbers(() => b.conv2dFilterGradient(nodes.x, nodes.dy, over)),
          dFilter,
        );
        // The same with channels first.
        const correlated = b.make({
          kind: 'crossCorrelation',
          operands: [b.transpose(nodes.x, [0, 3, 1, 2]), b.transpose(nodes.filter, [3, 2, 0, 1])],
          strides: [stride, stride],
          dilations: [1, 1],
          before: [pad, pad],
          after: [pad, pad],
        });
        close(
          numbers(() => b.transpose(correlated, [0, 2, 3, 1])),
          y,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('dilates cross-correlations along any number of axes', () => {
    const correlate = (b: Builder): Node =>
      b.make({
        kind: 'crossCorrelation',
        operands: [floats(b, [1, 2, 3, 4, 5], [1, 1, 5]), floats(b, [1, 10], [1, 1, 2])],
        strides: [1],
        dilations: [3],
        before: [1],
        after: [2],
      });
    expect(numbers(correlate)).toEqual([30, 41, 52, 3, 4]);
  });
});

it('names an input that is missing', () => {
  const b = createBuilder();
  const graph = graphOf({ y: b.unary('exp', b.input('x', { shape: [2], dtype: 'float32' })) });
  expect(() => interpret(graph, {})).toThrow(
    expect.objectContaining({
      code: 'GRAPH_MISSING_INPUT',
      message: expect.stringContaining("'x'") as unknown,
    }),
  );
});
