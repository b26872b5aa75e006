// Functions of one number. Where ONNX has no operator, a formula that is exact enough for small arguments too.
import { sizeOf } from '@mapping-networks/core';
import type { UnaryNode } from '../ir/node.ts';
import type { UnaryOp } from '../ir/op-names.ts';
import { float, type Emitter, type Value } from './emitter.ts';
import { casted, type Scope } from './scope.ts';

type Formula = (e: Scope, x: Value) => Value;

/** The operator of this name; its result has the type of x. */
const operator =
  (name: string, attributes = {}): Formula =>
  (e, x) =>
    e.emit(name, [x], x, attributes);

const test =
  (name: string): Formula =>
  (e, x) =>
    e.emit(name, [x], { dtype: 'bool', shape: x.shape });

/** x ∘ number, a bool for comparisons. */
const withNumber = (e: Emitter, name: string, x: Value, number: number): Value =>
  e.emit(name, [x, e.scalar(number, x.dtype === 'int32' ? 'int32' : 'float32')], {
    dtype: name === 'Less' || name === 'Greater' ? 'bool' : x.dtype,
    shape: x.shape,
  });

/** near(x) where |x| < ½, else far(x). */
const nearZero =
  (near: Formula, far: Formula): Formula =>
  (e, x) =>
    e.emit('Where', [withNumber(e, 'Less', operator('Abs')(e, x), 0.5), near(e, x), far(e, x)], x);

/** exp(x) − 1 = 2t / (1 − t), t = tanh(x/2). */
const expm1 = nearZero(
  (e, x) => {
    const t = e.emit('Tanh', [withNumber(e, 'Mul', x, 0.5)], x);
    const below = e.emit('Sub', [e.scalar(1, 'float32'), t], x);
    return e.emit('Div', [withNumber(e, 'Mul', t, 2), below], x);
  },
  (e, x) => withNumber(e, 'Sub', e.emit('Exp', [x], x), 1),
);

/** log(1 + x) = 2 artanh(x / (x + 2)). */
const log1p = nearZero(
  (e, x) => {
    const ratio = e.emit('Div', [x, withNumber(e, 'Add', x, 2)], x);
    return withNumber(e, 'Mul', e.emit('Atanh', [ratio], x), 2);
  },
  (e, x) => e.emit('Log', [withNumber(e, 'Add', x, 1)], x),
);

/**
 * min(1, max(0, αx)) with α close to the largest float32: 1 from the smallest normal number on, in one pass where
 * comparing and casting takes two. NaN stays NaN.
 */
const step: Formula = (e, x) =>
  x.dtype === 'int32'
    ? casted(e, withNumber(e, 'Greater', x, 0), 'int32')
    : e.emit('HardSigmoid', [x], x, { alpha: float(3.4e38), beta: float(0) });

/** Numbers that an operator more costs nothing for. */
const FEW = 1024;

/**
 * onnxruntime's Sigmoid is off by up to 10⁻⁷ however small its result: all of it from −16 on. Few numbers, such as the
 * weights of a loss, are worth 1 / (1 + exp(−x)).
 */
const sigmoid: Formula = (e, x) => {
  if (e.conventional || sizeOf(x.shape) > FEW) return e.emit('Sigmoid', [x], x);
  const grown = e.emit('Exp', [e.emit('Neg', [x], x)], x);
  return e.emit('Reciprocal', [withNumber(e, 'Add', grown, 1)], x);
};

/** One row an operation: what it is in ONNX. */
export type UnaryRows = Readonly<Record<UnaryOp, Formula>>;

const FORMULA: UnaryRows = {
  abs: operator('Abs'),
  ceil: operator('Ceil'),
  cos: operator('Cos'),
  elu: operator('Elu'),
  erf: operator('Erf'),
  exp: operator('Exp'),
  expm1,
  floor: operator('Floor'),
  isFinite: (e, x) => withNumber(e, 'Less', operator('Abs')(e, x), Infinity),
  isInf: test('IsInf'),
  isNaN: test('IsNaN'),
  log: operator('Log'),
  log1p,
  logicalNot: test('Not'),
  neg: operator('Neg'),
  reciprocal: operator('Reciprocal'),
  relu: operator('Relu'),
  round: operator('Round'),
  rsqrt: (e, x) => e.emit('Reciprocal', [e.emit('Sqrt', [x], x)], x),
  selu: operator('Selu', { alpha: float(1.6732632423543772), gamma: float(1.0507009873554805) }),
  sigmoid,
  sign: operator('Sign'),
  sin: operator('Sin'),
  softplus: operator('Softplus'),
  sqrt: operator('Sqrt'),
  square: (e, x) => e.emit('Mul', [x, x], x),
  step,
  tan: operator('Tan'),
  tanh: operator('Tanh'),
};

/** Those that onnxruntime computes in int32; the others go through float32. */
const IN_INTEGERS = new Set<UnaryOp>(['abs', 'neg', 'relu', 'sign', 'square', 'step']);

/** Those that leave whole numbers as they are. */
const ROUNDING = new Set<UnaryOp>(['ceil', 'floor', 'round']);

export const lowerUnary = ({ op, operands, type }: UnaryNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  if (op === 'logicalNot') return FORMULA.logicalNot(scope, x);
  if (x.dtype !== 'float32' && ROUNDING.has(op)) return x;
  const computed = x.dtype === 'int32' && IN_INTEGERS.has(op) ? x : casted(scope, x, 'float32');
  return casted(scope, FORMULA[op](scope, computed), type.dtype);
};
