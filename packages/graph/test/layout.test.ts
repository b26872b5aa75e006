import { float32, sizeOf, type NamedArrays } from '@mapping-networks/core';
import { createBuilder, interpret, layOut, topological, type Graph, type Node } from '../src/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSpatial } from '../src/ir/kinds.ts';
import type { Window2d } from '../src/ir/window.ts';
import { windowOf } from './window-of.ts';

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

interface Case {
  readonly window: Window2d;
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
}

/** A window that has at least one position; pools want padding below the window's size. */
const cases = fc
  .record({
    size: fc.tuple(small(1, 3), small(1, 3)),
    strides: fc.tuple(small(1, 3), small(1, 3)),
    dilations: fc.tuple(small(1, 2), small(1, 2)),
    input: fc.tuple(small(1, 7), small(1, 7)),
    pads: fc.tuple(small(0, 2), small(0, 2), small(0, 2), small(0, 2)),
    batch: small(1, 3),
    channels: small(1, 3),
    filters: small(1, 3),
  })
  .map(({ size, strides, dilations, input, pads, ...rest }): Case => {
    const [top, bottom, left, right] = pads.map((pad, i) =>
      Math.min(pad, (size[i < 2 ? 0 : 1] ?? 1) - 1),
    ) as [number, number, number, number];
    const positions = (axis: 0 | 1, before: number, after: number): number =>
      Math.floor((input[axis] + before + after - (size[axis] - 1) * dilations[axis] - 1) / strides[axis]) + 1;
    const output: [number, number] = [positions(0, top, bottom), positions(1, left, right)];
    return {
      window: { size, strides, dilations, input, output, padding: { top, bottom, left, right } },
      ...rest,
    };
  })
  .filter(({ window: { output } }) => output[0] > 0 && output[1] > 0);

const numbers = (shape: readonly number[], seed: number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.round(4 * Math.sin(i * 12.9898 + seed)) / 2);

const shapes = ({ window: { size, input, output }, batch, channels, filters }: Case) => ({
  x: [batch, ...input, channels],
  pooled: [batch, ...output, channels],
  dy: [batch, ...output, filters],
  filter: [...size, channels, filters],
});

const compare = (graph: Graph, inputs: NamedArrays, options = {}): void => {
  const laidOut = layOut(graph, createBuilder(), options);
  expect(topological(Object.values(laidOut.outputs)).some(isSpatial)).toBe(false);
  const [expected, actual] = [interpret(graph, inputs), interpret(laidOut, inputs)];
  for (const [name, { data, shape }] of Object.entries(expected)) {
    expect(actual[name]?.shape).toEqual(shape);
    const got = actual[name]?.data ?? [];
    // A window wholly inside the padding averages nothing.
    data.forEach((value, i) =>
      Number.isNaN(value) ? expect(got[i]).toBeNaN() : expect(got[i]).toBeCloseTo(value, 4),
    );
  }
};

describe('spatial nodes in the batch-innermost layout give what they gave before', () => {
  for (const strategy of ['columns', 'correlation'] as const) {
    it(`convolutions and gradients, by ${strategy}`, () => {
      fc.assert(
        fc.property(cases, (each) => {
          const { x, dy, filter } = shapes(each);
          const b = createBuilder();
          const inputs = {
            x: b.input('x', { shape: x, dtype: 'float32' }),
            dy: b.input('dy', { shape: dy, dtype: 'float32' }),
            filter: b.input('filter', { shape: filter, dtype: 'float32' }),
          };
          const outputs = {
            y: b.conv2d(inputs.x, inputs.filter, each.window),
            dx: b.conv2dInputGradient(inputs.dy, inputs.filter, each.window),
            dw: b.conv2dFilterGradient(inputs.x, inputs.dy, each.window),
          };
          compare(
            { inputs: Object.values(inputs), outputs },
            {
              x: float32(numbers(x, 1), x),
              dy: float32(numbers(dy, 2), dy),
              filter: float32(numbers(filter, 3), filter),
            },
            { convolution: strategy },
          );
        }),
        { numRuns: 60, seed: 4 },
      );
    });
  }

  it('pools and gradients, ties to the first', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { x, pooled } = shapes(each);
        const b = createBuilder();
        const inputs = {
          x: b.input('x', { shape: x, dtype: 'float32' }),
          dy: b.input('dy', { shape: pooled, dtype: 'float32' }),
        };
        const outputs = {
          max: b.pool2d('max', inputs.x, each.window),
          average: b.pool2d('average', inputs.x, each.window),
          maxGradient: b.maxPool2dGradient(inputs.dy, inputs.x, each.window),
          averageGradient: b.averagePool2dGradient(inputs.dy, each.window),
        };
        compare(
          { inputs: Object.values(inputs), outputs },
          { x: float32(numbers(x, 1), x), dy: float32(numbers(pooled, 2), pooled) },
        );
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('a relu before a pool moves behind it, gradient included', () => {
    const b = createBuilder();
    const shape = [2, 4, 6, 3];
    const window = windowOf([4, 6], [2, 2], 2, 0);
    const x = b.input('x', { shape, dtype: 'float32' });
    const dy = b.input('dy', { shape: [2, 2, 3, 3], dtype: 'float32' });
    const relu = b.unary('relu', x);
    const gradient: Node = b.binary('mul', b.maxPool2dGradient(dy, relu, window), b.unary('step', x));
    const graph = { inputs: [x, dy], outputs: { y: b.pool2d('max', relu, window), gradient } };
    compare(graph, {
      x: float32(numbers(shape, 3), shape),
      dy: float32(numbers([2, 2, 3, 3], 4), [2, 2, 3, 3]),
    });
    const relus = topological(Object.values(layOut(graph, createBuilder()).outputs)).filter(
      (node) => node.kind === 'unary' && node.op === 'relu',
    );
    expect(relus.map(({ type }) => sizeOf(type.shape))).toEqual([2 * 2 * 3 * 3]);
  });

  it('a convolution with few channels before a pool is computed in parts, gradient included', () => {
    const convolution = windowOf([7, 7], [3, 3], 1, 1);
    const pool = windowOf([7, 7], [2, 2], 2, 0);
    const b = createBuilder();
    const given = { x: [2, 7, 7, 1], filter: [3, 3, 1, 9], bias: [9], dy: [2, 3, 3, 9] };
    const inputs = Object.entries(given).map(([name, shape]) => b.input(name, { shape, dtype: 'float32' }));
    const [x, filter, bias, dy] = inputs as [Node, Node, Node, Node];
    const y = b.binary('add', b.conv2d(x, filter, convolution), bias);
    const gradient = b.maxPool2dGradient(dy, y, pool);
    const outputs = {
      pooled: b.pool2d('max', y, pool),
      ofFilter: b.conv2dFilterGradient(x, gradient, convolution),
      ofBias: b.reduce('sum', gradient, [0, 1, 2]),
    };
    const graph = { inputs: inputs as Graph['inputs'], outputs };
    compare(
      graph,
      Object.fromEntries(
        Object.entries(given).map(([name, shape], i) => [name, float32(numbers(shape, i), shape)]),
      ),
    );
    const whole = topological(Object.values(layOut(graph, createBuilder()).outputs)).filter(
      ({ type }) => sizeOf(type.shape) === 2 * 7 * 7 * 9,
    );
    expect(whole).toEqual([]);
  });
});
