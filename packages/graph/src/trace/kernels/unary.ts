// Functions of one tensor, element by element.
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import type { UnaryOp } from '../../ir/op-names.ts';
import { ofOne, type Kernel, type Kernels } from '../kernel.ts';
import { inFloat } from './numbers.ts';

/** In the type of x; bools by way of int32. */
const exact = (op: UnaryOp): Kernel =>
  ofOne((b, x) =>
    x.type.dtype === 'bool' ? b.cast(b.unary(op, b.cast(x, 'int32')), 'bool') : b.unary(op, x),
  );

/** What maps whole numbers to themselves. */
const rounding = (op: UnaryOp): Kernel => ofOne((b, x) => (x.type.dtype === 'float32' ? b.unary(op, x) : x));

const floating = (op: UnaryOp): Kernel => composed((b, x) => b.unary(op, x));

const composed = (compute: (b: Builder, x: Node) => Node): Kernel =>
  ofOne((b, x) => inFloat(b, x, (float) => compute(b, float)));

const test = (op: UnaryOp): Kernel => ofOne((b, x) => b.unary(op, b.cast(x, 'float32')));

/** √(1 − x²). */
const leg = (b: Builder, x: Node): Node =>
  b.unary('sqrt', b.binary('sub', b.scalar(1), b.unary('square', x)));

const half = (b: Builder, x: Node): Node => b.binary('mul', x, b.scalar(0.5));

export const UNARY: Kernels = {
  Abs: exact('abs'),
  Acos: composed((b, x) => b.binary('atan2', leg(b, x), x)),
  Acosh: composed((b, x) => {
    const root = b.unary('sqrt', b.binary('sub', b.unary('square', x), b.scalar(1)));
    return b.unary('log', b.binary('add', x, root));
  }),
  Asin: composed((b, x) => b.binary('atan2', x, leg(b, x))),
  Asinh: composed((b, x) => {
    // Of |x|, since x + √(x² + 1) cancels for x < 0; by log1p, since it is near 1 for small x.
    const size = b.unary('abs', x);
    const square = b.unary('square', x);
    const root = b.unary('sqrt', b.binary('add', square, b.scalar(1)));
    const beyond = b.binary('add', size, b.binary('div', square, b.binary('add', root, b.scalar(1))));
    return b.binary('mul', b.unary('sign', x), b.unary('log1p', beyond));
  }),
  Atan: composed((b, x) => b.binary('atan2', x, b.scalar(1))),
  Atanh: composed((b, x) => {
    const double = b.binary('mul', x, b.scalar(2));
    return half(b, b.unary('log1p', b.binary('div', double, b.binary('sub', b.scalar(1), x))));
  }),
  Ceil: rounding('ceil'),
  Cos: floating('cos'),
  Cosh: composed((b, x) => half(b, b.binary('add', b.unary('exp', x), b.unary('exp', b.unary('neg', x))))),
  Erf: floating('erf'),
  Exp: ofOne((b, x) => b.unary('exp', b.cast(x, 'float32'))),
  Expm1: floating('expm1'),
  Floor: rounding('floor'),
  IsFinite: test('isFinite'),
  IsInf: test('isInf'),
  IsNan: test('isNaN'),
  Log: floating('log'),
  Log1p: floating('log1p'),
  LogicalNot: ofOne((b, x) => b.unary('logicalNot', b.cast(x, 'bool'))),
  Neg: exact('neg'),
  Reciprocal: floating('reciprocal'),
  Round: rounding('round'),
  Rsqrt: floating('rsqrt'),
  Sign: exact('sign'),
  Sin: floating('sin'),
  Sinh: composed((b, x) =>
    half(b, b.binary('sub', b.unary('expm1', x), b.unary('expm1', b.unary('neg', x)))),
  ),
  Sqrt: floating('sqrt'),
  Square: exact('square'),
  Tan: floating('tan'),
  Tanh: floating('tanh'),
};
