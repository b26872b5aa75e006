// Slices, reductions, matrix products and relu, rule by rule: what goes in, what comes out.
import { describe, expect, it } from 'vitest';
import { createBuilder } from '../src/ir/builder.ts';
import type { Node } from '../src/ir/node.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { expectSameNumbers, graphOf, listing } from './expression.ts';
import { check, far } from './simplify-cases.ts';

describe('slices, concatenations and paddings', () => {
  check([
    [
      'slice(slice(x))',
      (b, input) => b.slice(b.slice(input('x', 9), [1], [4], [2]), [1], [2], [2]),
      'slice[3][2][4](x)',
    ],
    [
      'slice(concat(x, y))',
      (b, input) => b.slice(b.concat([input('x', 3), input('y', 4)], 0), [4], [2]),
      'slice[1][2](y)',
    ],
    ['slice(pad(x))', (b, input) => b.slice(b.pad(input('x', 3), [2], [2], 0), [2], [2]), 'slice[0][2](x)'],
    ['pad(pad(x))', (b, input) => b.pad(b.pad(input('x', 3), [2], [0], 0), [1], [1], 0), 'pad[3][1](x)'],
    [
      'concat(x, concat(y, z))',
      (b, input) => b.concat([input('x', 3), b.concat([input('y', 1), input('z', 2)], 0)], 0),
      'concat[0](x, y, z)',
    ],
    [
      'concat of adjoining slices',
      (b, input) => b.concat([b.slice(input('x', 9), [0], [4]), b.slice(input('x', 9), [4], [5])], 0),
      'x',
    ],
  ]);
});

describe('reductions', () => {
  check([
    ['over axes of size 1', (b, input) => b.reduce('max', input('x', 1, 3), [0]), 'reshape[3](x)'],
    [
      'sum(sum(x))',
      (b, input) => b.reduce('sum', b.reduce('sum', input('x', 2, 3, 4), [1]), [1]),
      'sum[1,2](x)',
    ],
    ['sum(-x)', (b, input) => b.reduce('sum', b.unary('neg', input('x', 2, 3)), [1]), 'neg(sum[1](x))'],
    [
      'sum(x · 2)',
      (b, input) => b.reduce('sum', b.binary('mul', input('x', 2, 3), b.scalar(2)), [1]),
      'mul(sum[1](x), 2)',
    ],
    [
      'sum(x · y), y one number along the axis',
      (b, input) => b.reduce('sum', b.binary('mul', input('y', 2, 1), input('x', 2, 3)), [1]),
      'mul(sum[1](x), reshape[2](y))',
    ],
    [
      'sum(x · y), y not',
      (b, input) => b.reduce('sum', b.binary('mul', input('x', 2, 3), input('y', 3)), [1]),
      'sum[1](mul(x, y))',
    ],
  ]);
});

describe('matrix products', () => {
  const swap = [1, 0];
  check([
    [
      'matMul(xᵀ, y)',
      (b, input) => b.matMul(b.transpose(input('x', 2, 3), swap), input('y', 2, 4)),
      'matMulᵀ·(x, y)',
    ],
    [
      '(x · y)ᵀ',
      (b, input) => b.transpose(b.matMul(input('x', 3, 2), input('y', 2, 4)), swap),
      'matMulᵀ·ᵀ(y, x)',
    ],
    [
      'batches',
      (b, input) => b.matMul(input('x', 5, 3, 2), b.transpose(input('y', 5, 4, 2), [0, 2, 1])),
      'matMul·ᵀ(x, y)',
    ],
  ]);

  it('are not computed twice for a transpose', () => {
    const b = createBuilder();
    const y = b.matMul(b.input('x', { shape: [3, 2], dtype: 'float32' }), b.fill(2, [2, 4]));
    const graph = simplify(graphOf({ y, t: b.transpose(y, swap) }), b);
    expect(listing(graph)).toBe('y = matMul(x, 2[2,4])\nt = transpose[1,0](matMul(x, 2[2,4]))');
  });
});

it('raises no transpose that others need anyway', () => {
  const b = createBuilder();
  const value = (name: string): Node => far(b, b.input(name, { shape: [3, 2], dtype: 'float32' }));
  const moved = b.transpose(b.unary('exp', value('x')), [1, 0]);
  const outputs = { moved, back: b.transpose(b.binary('mul', moved, value('y')), [1, 0]) };
  const graph = simplify(graphOf(outputs), b);
  expect(listing(graph)).toBe(
    [
      'moved = transpose[1,0](exp(matMul·ᵀ(x, x)))',
      'back = transpose[1,0](mul(transpose[1,0](exp(matMul·ᵀ(x, x))), matMul·ᵀ(y, y)))',
    ].join('\n'),
  );
});

it('keeps relu(x) instead of x for its gradient', () => {
  const b = createBuilder();
  const x = far(b, b.input('x', { shape: [3, 2], dtype: 'float32' }));
  const zero = b.scalar(0);
  const outputs = {
    y: b.unary('relu', x),
    dy: b.unary('step', x),
    mask: b.cast(b.binary('greater', x, zero), 'float32'),
  };
  const graph = simplify(graphOf(outputs), b);
  expect(listing(graph)).toBe(
    [
      'y = relu(matMul·ᵀ(x, x))',
      'dy = step(relu(matMul·ᵀ(x, x)))',
      'mask = cast[float32](greater(relu(matMul·ᵀ(x, x)), 0))',
    ].join('\n'),
  );
  expectSameNumbers(graphOf(outputs), graph);
});
