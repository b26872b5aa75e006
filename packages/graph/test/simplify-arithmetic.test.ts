// Algebra, folding and choices, rule by rule: what goes in, what comes out. `simplified` compares the numbers, too.
import { describe, expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import type { Node } from '../src/ir/node.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { expression, graphOf, simplified } from './expression.ts';

type Make = (b: Builder, x: Node, y: Node) => Node;

/** For x and y of shape [2, 3]. */
const of = (make: Make): string => simplified((b, input) => make(b, input('x', 2, 3), input('y', 2, 3)));

describe('neutral elements', () => {
  it.each<[string, Make, string]>([
    ['x + 0', (b, x) => b.binary('add', x, b.scalar(0)), 'x'],
    ['0 + x', (b, x) => b.binary('add', b.scalar(0), x), 'x'],
    ['x - 0', (b, x) => b.binary('sub', x, b.fill(0, [2, 3])), 'x'],
    ['0 - x', (b, x) => b.binary('sub', b.scalar(0), x), 'neg(x)'],
    ['x · 1', (b, x) => b.binary('mul', x, b.fill(1, [3])), 'x'],
    ['x · 1 of a larger shape', (b, x) => b.binary('mul', x, b.fill(1, [4, 2, 3])), 'broadcast[4,2,3](x)'],
    ['x · -1', (b, x) => b.binary('mul', x, b.scalar(-1)), 'neg(x)'],
    ['x / 1', (b, x) => b.binary('div', x, b.scalar(1)), 'x'],
    ['1 / x', (b, x) => b.binary('div', b.scalar(1), x), 'reciprocal(x)'],
    ['x / 4', (b, x) => b.binary('div', x, b.scalar(4)), 'mul(x, 0.25)'],
    ['x ^ 1', (b, x) => b.binary('pow', x, b.scalar(1)), 'x'],
    ['x ^ 2', (b, x) => b.binary('pow', x, b.scalar(2)), 'square(x)'],
    ['exp(x) ^ 0.5', (b, x) => b.binary('pow', b.unary('exp', x), b.scalar(0.5)), 'sqrt(exp(x))'],
    ['x ^ 0', (b, x) => b.binary('pow', x, b.scalar(0)), '1[2,3]'],
    ['max(x, x)', (b, x) => b.binary('max', x, x), 'x'],
    ['max(x, 0)', (b, x) => b.binary('max', b.scalar(0), x), 'relu(x)'],
    ['max(x², 0)', (b, x) => b.binary('max', b.unary('square', x), b.scalar(0)), 'square(x)'],
  ])('%s', (_, make, expected) => expect(of(make)).toBe(expected));

  it('keeps x · 0 where x may be infinite, and drops it where it cannot', () => {
    expect(of((b, x) => b.binary('mul', x, b.scalar(0)))).toBe('mul(x, 0)');
    expect(of((b, x) => b.binary('mul', b.unary('step', x), b.scalar(0)))).toBe('0[2,3]');
  });
});

describe('signs and known numbers', () => {
  const neg = (b: Builder, x: Node): Node => b.unary('neg', x);
  const times = (b: Builder, x: Node, c: number): Node => b.binary('mul', x, b.scalar(c));
  it.each<[string, Make, string]>([
    ['x + -y', (b, x, y) => b.binary('add', x, neg(b, y)), 'sub(x, y)'],
    ['-x + y', (b, x, y) => b.binary('add', neg(b, x), y), 'sub(y, x)'],
    ['x - -y', (b, x, y) => b.binary('sub', x, neg(b, y)), 'add(x, y)'],
    ['--x', (b, x) => neg(b, neg(b, x)), 'x'],
    ['-(x - y)', (b, x, y) => neg(b, b.binary('sub', x, y)), 'sub(y, x)'],
    ['-(x · 2)', (b, x) => neg(b, times(b, x, 2)), 'mul(x, -2)'],
    ['-x · 2', (b, x) => times(b, neg(b, x), 2), 'mul(x, -2)'],
    ['-x · -y', (b, x, y) => b.binary('mul', neg(b, x), neg(b, y)), 'mul(x, y)'],
    ['(x · 2) · 3', (b, x) => times(b, times(b, x, 2), 3), 'mul(x, 6)'],
    ['x · x', (b, x) => b.binary('mul', x, x), 'square(x)'],
    ['x · (1 / y)', (b, x, y) => b.binary('mul', x, b.unary('reciprocal', y)), 'div(x, y)'],
    [
      'max(max(x, 1), 2)',
      (b, x) => b.binary('max', b.binary('max', x, b.scalar(1)), b.scalar(2)),
      'max(x, 2)',
    ],
    ['relu(relu(x))', (b, x) => b.unary('relu', b.unary('relu', x)), 'relu(x)'],
    ['abs(exp(x))', (b, x) => b.unary('abs', b.unary('exp', x)), 'exp(x)'],
    ['sqrt(x²)', (b, x) => b.unary('sqrt', b.unary('square', x)), 'abs(x)'],
  ])('%s', (_, make, expected) => expect(of(make)).toBe(expected));

  it('multiplies known numbers only where the product neither overflows nor underflows', () => {
    expect(of((b, x) => times(b, times(b, b.unary('step', x), 1e-30), 1e-30))).toBe(
      `mul(mul(step(x), ${Math.fround(1e-30)}), ${Math.fround(1e-30)})`,
    );
  });
});

describe('factors smaller than what they multiply', () => {
  const row = (b: Builder): Node => b.input('s', { shape: [2, 1], dtype: 'float32' });
  const column = (b: Builder): Node => b.input('t', { shape: [3], dtype: 'float32' });
  const one = (b: Builder): Node => b.input('u', { shape: [], dtype: 'float32' });
  it.each<[string, Make, string]>([
    ['s · x', (b, x) => b.binary('mul', row(b), x), 'mul(x, s)'],
    ['(x · s) · u', (b, x) => b.binary('mul', b.binary('mul', x, row(b)), one(b)), 'mul(x, mul(s, u))'],
    ['u · (2 · x)', (b, x) => b.binary('mul', one(b), b.binary('mul', b.scalar(2), x)), 'mul(x, mul(u, 2))'],
    [
      '(x · s) · t, whose product is as large',
      (b, x) => b.binary('mul', b.binary('mul', x, row(b)), column(b)),
      'mul(mul(x, s), t)',
    ],
    ['x / s', (b, x) => b.binary('div', x, row(b)), 'mul(x, reciprocal(s))'],
    ['x / y', (b, x, y) => b.binary('div', x, b.unary('exp', y)), 'div(x, exp(y))'],
    [
      'sum((x · s) · y)',
      (b, x, y) => b.reduce('sum', b.binary('mul', b.binary('mul', x, row(b)), y), [1]),
      'mul(sum[1](mul(x, y)), reshape[2](s))',
    ],
    [
      'sum(x · (y / s))',
      (b, x, y) => b.reduce('mean', b.binary('mul', x, b.binary('div', y, row(b))), [1]),
      'mul(mean[1](mul(x, y)), reshape[2](reciprocal(s)))',
    ],
    [
      'sum(x - mean(x))',
      (b, x) => b.reduce('sum', b.binary('sub', x, b.reshape(b.reduce('mean', x, [1]), [2, 1])), [1]),
      '0[2]',
    ],
    [
      'sum(x - mean(y))',
      (b, x, y) => b.reduce('sum', b.binary('sub', x, b.reshape(b.reduce('mean', y, [1]), [2, 1])), [1]),
      'sum[1](sub(x, reshape[2,1](mean[1](y))))',
    ],
    [
      'sum over one axis of x - mean over the other',
      (b, x) => {
        const square = b.matMul(x, x, false, true);
        return b.reduce('sum', b.binary('sub', square, b.reduce('mean', square, [1])), [1]);
      },
      'sum[1](sub(matMul·ᵀ(x, x), mean[1](matMul·ᵀ(x, x))))',
    ],
  ])('%s', (_, make, expected) => expect(of(make)).toBe(expected));
});

describe('choices', () => {
  const condition = (b: Builder, x: Node): Node => b.binary('greater', x, b.scalar(0));
  const hot = (b: Builder, x: Node, on = 1, off = 0): Node => b.oneHot(b.cast(x, 'int32'), 4, on, off);
  it.each<[string, Make, string]>([
    ['true ? x : y', (b, x, y) => b.select(b.fill(1, [2, 3], 'bool'), x, y), 'x'],
    ['false ? x : y', (b, x, y) => b.select(b.scalar(0, 'bool'), x, y), 'y'],
    ['c ? x : x', (b, x, y) => b.select(condition(b, y), x, x), 'x'],
    [
      'not c ? x : y',
      (b, x, y) => b.select(b.unary('logicalNot', condition(b, x)), x, y),
      'select(greater(x, 0), y, x)',
    ],
    [
      'c ? 1 : 0',
      (b, x) => b.select(condition(b, x), b.fill(1, [2, 3]), b.fill(0, [2, 3])),
      'cast[float32](greater(x, 0))',
    ],
    [
      'bool → float → bool',
      (b, x) => b.cast(b.cast(b.cast(condition(b, x), 'float32'), 'bool'), 'float32'),
      'cast[float32](greater(x, 0))',
    ],
    ['float → int → float', (b, x) => b.cast(b.cast(x, 'int32'), 'float32'), 'cast[float32](cast[int32](x))'],
    [
      'one-hot → int → float',
      (b, x) => b.cast(b.cast(hot(b, x), 'int32'), 'float32'),
      'oneHot(cast[int32](x))',
    ],
    [
      'one-hot → int → bool',
      (b, x) => b.cast(b.cast(hot(b, x, 2, -1), 'int32'), 'bool'),
      'cast[bool](oneHot(cast[int32](x)))',
    ],
    ...[0.5, -0, 2 ** 25].map((off): [string, Make, string] => [
      `one-hot of ${Object.is(off, -0) ? '-0' : off} → int → float`,
      (b, x) => b.cast(b.cast(hot(b, x, 1, off), 'int32'), 'float32'),
      'cast[float32](cast[int32](oneHot(cast[int32](x))))',
    ]),
    [
      'c and true',
      (b, x) => b.cast(b.binary('logicalAnd', condition(b, x), b.scalar(1, 'bool')), 'float32'),
      'cast[float32](greater(x, 0))',
    ],
  ])('%s', (_, make, expected) => expect(of(make)).toBe(expected));
});

describe('constants', () => {
  it.each<[string, Make, string]>([
    [
      'are computed',
      (b, x) => b.binary('add', x, b.unary('neg', b.constant(Float32Array.of(1, 2, 3), [3]))),
      'add(x, [-1,-2,-3])',
    ],
    [
      'take numbers in',
      (b, x) => b.binary('mul', b.binary('mul', x, b.constant(Float32Array.of(1, 2, 3), [3])), b.scalar(2)),
      'mul(x, [2,4,6])',
    ],
    [
      'stay fills where they are uniform',
      (b) => b.binary('mul', b.fill(2, [60, 60]), b.fill(3, [60, 1])),
      '6[60,60]',
    ],
    [
      'stay fills when they are moved',
      (b) =>
        b.transpose(b.reshape(b.concat([b.fill(2, [2, 3]), b.fill(2, [1, 3])], 0), [3, 3, 1]), [2, 1, 0]),
      '2[1,3,3]',
    ],
    ['stay fills when they are summed', (b) => b.reduce('sum', b.fill(0.5, [1000, 1000]), [0]), '500[1000]'],
    ['become scalars beside larger operands', (b, x) => b.binary('add', x, b.fill(2, [2, 3])), 'add(x, 2)'],
  ])('%s', (_, make, expected) => expect(of(make)).toBe(expected));

  it('are not gathered from where there is nothing: running is refused then', () => {
    const b = createBuilder();
    const table = b.constant(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const gathered = (index: number): Node => b.gather(table, b.constant(Int32Array.of(0, index), [2]), 1);
    const { outputs } = simplify(
      graphOf({ inside: gathered(2), above: gathered(3), below: gathered(-1) }),
      b,
    );
    const kinds = Object.entries(outputs).map(([name, { kind }]) => [name, kind]);
    expect(kinds).toEqual([
      ['inside', 'constant'],
      ['above', 'gather'],
      ['below', 'gather'],
    ]);
  });

  it('are not made much larger', () => {
    const b = createBuilder();
    const indices = b.constant(
      Int32Array.from({ length: 2_000 }, (_, i) => i % 7),
      [2_000],
    );
    const table = b.constant(Float32Array.of(1, 2), [2, 1]);
    const large = b.broadcast(table, [2, 5_000]);
    const graph = simplify(
      graphOf({
        large,
        hot: b.oneHot(indices, 7),
        small: b.gather(b.oneHot(indices, 7), b.scalar(3, 'int32'), 0),
      }),
      b,
    );
    expect(expression(graph.outputs['large'] as Node)).toBe('broadcast[2,5000]([1,2])');
    expect(graph.outputs['hot']?.kind).toBe('oneHot');
    expect(interpret(graph, {})['small']?.data).toEqual(Float32Array.of(0, 0, 0, 1, 0, 0, 0));
  });
});

it('keeps NaN and infinities where they are', () => {
  const b = createBuilder();
  const x = b.input('x', { shape: [3], dtype: 'float32' });
  const y = b.binary('add', b.binary('mul', x, b.scalar(0)), b.binary('sub', x, x));
  const graph = simplify(graphOf({ y }), b);
  const data = Float32Array.of(NaN, Infinity, 2);
  expect(interpret(graph, { x: { dtype: 'float32', shape: [3], data } })['y']?.data).toEqual(
    Float32Array.of(NaN, NaN, 0),
  );
});
