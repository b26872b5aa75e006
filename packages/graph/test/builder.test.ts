// What the builder promises: one object for equal drafts, no node that changes nothing, no node that does not fit.
import { createBuilder, topological, type Builder, type Node } from '@mapping-networks/graph';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebuild } from '../src/ir/rebuild.ts';
import { windowOf } from './window-of.ts';

const b = createBuilder();
const x = b.input('x', { shape: [2, 3], dtype: 'float32' });
const image = b.input('image', { shape: [2, 5, 5, 3], dtype: 'float32' });
const filter = b.input('filter', { shape: [3, 3, 3, 4], dtype: 'float32' });
const ids = b.input('ids', { shape: [2], dtype: 'int32' });
const window = windowOf([5, 5], [3, 3], 1, 0);
const conv = b.conv2d(image, filter, window);

describe('equal drafts are one node', () => {
  it('whatever the order of their attributes', () => {
    const first = b.make({ kind: 'reduce', op: 'sum', operands: [x], axes: [0] });
    expect(b.make({ operands: [x], axes: [0], op: 'sum', kind: 'reduce' })).toBe(first);
    expect(b.reduce('sum', x, [0])).toBe(first);
    expect(b.reduce('max', x, [0])).not.toBe(first);
    expect(b.reduce('sum', x, [1])).not.toBe(first);
  });

  it('constants by their bits, however large, and their shape', () => {
    const numbers = (): Float32Array => Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
    const data = numbers();
    const constant = b.constant(data, [100_000]);
    expect(constant).toMatchObject({ kind: 'constant', data });
    expect(b.constant(numbers(), [100_000])).toBe(constant);
    expect(b.constant(data, [1000, 100])).not.toBe(constant);
    // One number among many, which no sample is sure to meet.
    for (const at of [0, 1, 77_777, 99_999]) {
      expect(b.constant(numbers().fill(2, at, at + 1), [100_000])).not.toBe(constant);
    }
    const ints = Int32Array.from([1, 2]);
    expect(b.constant(ints, [2])).not.toBe(b.constant(new Float32Array(ints.buffer), [2]));
  });

  it('zeros of both signs are two numbers, NaN is one', () => {
    expect(b.scalar(-0)).not.toBe(b.scalar(0));
    expect(b.scalar(Number.NaN)).toBe(b.scalar(Number.NaN));
    expect(b.constant(Float32Array.of(0, -0), [2])).not.toBe(b.constant(Float32Array.of(-0, 0), [2]));
    expect(b.constant(Float32Array.of(0, -0), [2]).kind).toBe('constant');
  });

  it('ten thousand of them in a moment', () => {
    const builder = createBuilder();
    const grow = (): Node => {
      let node: Node = builder.input('x', { shape: [4, 4], dtype: 'float32' });
      for (let i = 0; i < 10_000; i++) node = builder.binary('add', node, builder.scalar(i % 7));
      return node;
    };
    expect(grow()).toBe(grow());
    expect(topological([grow()])).toHaveLength(10_000 + 1 + 7);
  });
});

describe('what changes nothing is not made', () => {
  const unchanged: Readonly<Record<string, (builder: Builder) => Node>> = {
    reshape: () => b.reshape(x, [2, 3]),
    transpose: () => b.transpose(x, [0, 1]),
    broadcast: () => b.broadcast(x, [2, 3]),
    cast: () => b.cast(x, 'float32'),
    slice: () => b.slice(x, [0, 0], [2, 3]),
    pad: () => b.pad(x, [0, 0], [0, 0], 1),
    concat: () => b.concat([x], 1),
    reduce: () => b.reduce('sum', x, []),
  };

  it.each(Object.entries(unchanged))('%s', (_name, make) => {
    expect(make(b)).toBe(x);
  });

  it('a turned axis is a change', () => {
    expect(b.slice(x, [1, 0], [2, 3], [-1, 1])).toMatchObject({ kind: 'slice', begin: [1, 0] });
  });

  it('constants of one number are fills', () => {
    expect(b.constant(new Int32Array(5).fill(3), [5])).toBe(b.fill(3, [5], 'int32'));
    expect(b.constant(new Float32Array(0), [0, 4])).toBe(b.fill(0, [0, 4]));
  });

  it('fills are stored in their type', () => {
    expect(b.scalar(0.1)).toMatchObject({ value: Math.fround(0.1) });
    expect(b.scalar(2.7, 'int32')).toMatchObject({ value: 2 });
    expect(b.scalar(5, 'bool')).toMatchObject({ value: 1 });
  });
});

describe('types', () => {
  const int = b.cast(x, 'int32');
  const types: readonly (readonly [Node, string, readonly number[]])[] = [
    [b.binary('greater', x, b.scalar(0)), 'bool', [2, 3]],
    [b.binary('add', x, b.fill(1, [4, 1, 3])), 'float32', [4, 2, 3]],
    [b.select(b.binary('less', x, b.scalar(0)), int, b.scalar(1, 'int32')), 'int32', [2, 3]],
    [b.matMul(x, x, true, false), 'float32', [3, 3]],
    [b.matMul(b.fill(1, [5, 1, 2, 3]), b.fill(1, [4, 3, 6])), 'float32', [5, 4, 2, 6]],
    [b.argExtreme('max', x, 1), 'int32', [2]],
    [b.concat([x, b.fill(0, [2, 4])], 1), 'float32', [2, 7]],
    [b.gather(x, b.input('at', { shape: [7, 1], dtype: 'int32' }), 1), 'float32', [2, 7, 1]],
    [b.segmentSum(x, ids, 9), 'float32', [9, 3]],
    [b.oneHot(ids, 10), 'float32', [2, 10]],
    [b.unary('isNaN', x), 'bool', [2, 3]],
    [conv, 'float32', [2, 3, 3, 4]],
    [b.conv2dInputGradient(conv, filter, window), 'float32', [2, 5, 5, 3]],
    [b.conv2dFilterGradient(image, conv, window), 'float32', [3, 3, 3, 4]],
    [b.pool2d('average', image, window), 'float32', [2, 3, 3, 3]],
    [b.averagePool2dGradient(b.pool2d('max', image, window), window), 'float32', [2, 5, 5, 3]],
    [
      b.make({
        kind: 'crossCorrelation',
        operands: [b.fill(1, [1, 3, 8, 9]), b.fill(1, [4, 3, 3, 2])],
        strides: [1, 2],
        dilations: [2, 1],
        before: [1, 0],
        after: [1, 1],
      }),
      'float32',
      [1, 4, 6, 5],
    ],
  ];

  it.each(types)('%#: $kind', (node, dtype, shape) => {
    expect(node.type).toEqual({ shape, dtype });
  });
});

describe('operands that do not fit are refused', () => {
  const wrong: Readonly<Record<string, () => Node>> = {
    'shapes that do not broadcast': () => b.binary('add', x, b.fill(0, [4])),
    'element types that differ': () => b.binary('add', x, b.scalar(1, 'int32')),
    'numbers as conditions': () => b.select(x, x, x),
    'logical operations on numbers': () => b.binary('logicalAnd', x, x),
    'inner sides of a product': () => b.matMul(x, x),
    'a vector as a matrix': () => b.matMul(x, b.fill(1, [3])),
    'an axis too many': () => b.reduce('sum', x, [2]),
    'an axis twice': () => b.reduce('sum', x, [1, 1]),
    'a reshape to another size': () => b.reshape(x, [7]),
    'a slice that reaches out': () => b.slice(x, [1, 0], [2, 3]),
    'a backward slice that reaches out': () => b.slice(x, [0, 0], [2, 3], [-1, 1]),
    'a broadcast that shrinks': () => b.broadcast(x, [3]),
    'no permutation': () => b.transpose(x, [0, 0]),
    'parts of other sides': () => b.concat([x, b.fill(0, [3, 3])], 1),
    'no parts': () => b.concat([], 0),
    'indices that are floats': () => b.gather(x, x, 0),
    'as many numbers as another shape has': () => b.constant(Float32Array.of(1, 2, 3), [2]),
    'numbers of another type': () => b.constant(Float32Array.of(1, 2, 3), [3], 'int32'),
    'negative padding': () => b.pad(x, [-1, 0], [0, 0], 0),
    'a window for another image': () => b.pool2d('max', x, window),
    'a filter for other channels': () => b.conv2d(image, b.fill(0, [3, 3, 2, 4]), window),
    'an input of the same name and another type': () => b.input('x', { shape: [], dtype: 'float32' }),
    'a node of another graph': () => b.unary('neg', createBuilder().scalar(1)),
  };

  it.each(Object.entries(wrong))('%s', (_name, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'GRAPH_INVALID_NODE' }));
  });
});

describe('rebuild', () => {
  it('over the same operands gives the same node', () => {
    const nodes = topological([
      conv,
      b.conv2dInputGradient(conv, filter, window),
      b.conv2dFilterGradient(image, conv, window),
      b.maxPool2dGradient(b.pool2d('max', image, window), image, window),
      b.averagePool2dGradient(b.pool2d('average', image, window), window),
      b.segmentSum(b.transpose(b.transpose(x, [1, 0]), [1, 0]), ids, 3),
      b.cumulativeSum(b.slice(b.pad(x, [1, 0], [0, 2], 5), [0, 1], [2, 2], [2, 1]), 1, true, true),
      b.reshape(b.oneHot(b.argExtreme('min', b.concat([x, x], 0), 0), 4), [12]),
      b.gather(b.broadcast(x, [2, 2, 3]), b.constant(Int32Array.of(1, 0), [2]), 1),
      b.select(b.binary('less', x, b.scalar(0)), b.unary('neg', x), b.matMul(x, b.fill(2, [3, 3]))),
      b.reduce('mean', b.cast(b.binary('greater', x, x), 'float32'), [0, 1]),
    ]);
    for (const node of nodes) expect(rebuild(node, node.operands, b)).toBe(node);
    const copy = createBuilder();
    const copies = new Map<Node, Node>();
    const copied = (node: Node): Node => copies.get(node) ?? node;
    for (const node of nodes) copies.set(node, rebuild(node, node.operands.map(copied), copy));
    for (const node of nodes) expect(copied(node).type).toEqual(node.type);
  });
});

it('orders of a graph put operands first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }), (choices) => {
      const builder = createBuilder();
      const nodes: Node[] = [builder.scalar(1), builder.scalar(2)];
      for (const choice of choices) {
        const [left, right] = [nodes[choice % nodes.length], nodes[(choice * 7) % nodes.length]];
        if (left && right) nodes.push(builder.binary('add', left, right));
      }
      const order = topological(nodes);
      expect(new Set(order)).toEqual(new Set(nodes));
      for (const [at, node] of order.entries()) {
        for (const operand of node.operands) expect(order.indexOf(operand)).toBeLessThan(at);
      }
    }),
  );
});
