// Functions of two numbers, and the choice between two. Shapes broadcast in ONNX as they do in the graph.
import type { BinaryNode, SelectNode } from '../ir/node.ts';
import type { BinaryOp } from '../ir/op-names.ts';
import type { DType } from '../ir/value-type.ts';
import { int, type Emitter, type Value } from './emitter.ts';
import { casted, type Scope } from './scope.ts';

/** Operands broadcast to `shape`. */
type Formula = (e: Emitter, a: Value, b: Value, shape: readonly number[]) => Value;

const operator =
  (name: string): Formula =>
  (e, a, b, shape) =>
    e.emit(name, [a, b], { dtype: a.dtype, shape });

const comparison =
  (name: string): Formula =>
  (e, a, b, shape) =>
    e.emit(name, [a, b], { dtype: 'bool', shape });

/** Remainder with the sign of the divisor: that of C, moved by b where it has the other sign. */
const mod: Formula = (e, a, b, shape) => {
  const type = { dtype: a.dtype, shape };
  if (a.dtype === 'int32') return e.emit('Mod', [a, b], type);
  const rest = e.emit('Mod', [a, b], type, { fmod: int(1) });
  const opposite = comparison('Less')(e, operator('Mul')(e, rest, b, shape), e.scalar(0, 'float32'), shape);
  return e.emit('Where', [opposite, e.emit('Add', [rest, b], type), rest], type);
};

/** Towards −∞. In integers: the quotient of C, less one where the operands have different signs and leave a rest. */
const floorDiv: Formula = (e, a, b, shape) => {
  const type = { dtype: a.dtype, shape };
  const quotient = e.emit('Div', [a, b], type);
  if (a.dtype !== 'int32') return e.emit('Floor', [quotient], type);
  const rest = e.emit('Sign', [e.emit('Mod', [a, b], type, { fmod: int(1) })], type);
  const opposite = comparison('Less')(e, operator('Mul')(e, rest, b, shape), e.scalar(0, 'int32'), shape);
  return e.emit('Sub', [quotient, casted(e, opposite, 'int32')], type);
};

/** Integers are divided as TensorFlow.js does: towards −∞. */
const div: Formula = (e, a, b, shape) => (a.dtype === 'int32' ? floorDiv : operator('Div'))(e, a, b, shape);

/** The angle of (b, a): arctan(a/b), turned by ±π left of the axis; ±π/2 on it, 0 in the origin. */
const atan2: Formula = (e, a, b, shape) => {
  const zero = e.scalar(0, 'float32');
  const type = { dtype: a.dtype, shape };
  const angle = e.emit('Atan', [e.emit('Div', [a, b], type)], type);
  const below = e.emit('Less', [a, zero], { dtype: 'bool', shape: a.shape });
  const half = e.emit('Where', [below, e.scalar(-Math.PI, 'float32'), e.scalar(Math.PI, 'float32')], a);
  const left = e.emit('Less', [b, zero], { dtype: 'bool', shape: b.shape });
  const turned = e.emit('Where', [left, e.emit('Add', [angle, half], type), angle], type);
  const onAxis = e.emit('Equal', [b, zero], { dtype: 'bool', shape: b.shape });
  const quarter = e.emit('Mul', [e.emit('Sign', [a], a), e.scalar(Math.PI / 2, 'float32')], a);
  return e.emit('Where', [onAxis, quarter, turned], type);
};

interface Row {
  readonly formula: Formula;
  /** Operand types that onnxruntime takes; for others the last one is what they are cast to. */
  readonly types: readonly [DType, ...DType[]];
}

const NUMBERS = ['float32', 'int32'] as const;
const ANY = ['float32', 'bool', 'int32'] as const;

/** One row an operation: what it is in ONNX. */
export type BinaryRows = Readonly<Record<BinaryOp, Row>>;

const ROWS: BinaryRows = {
  add: { formula: operator('Add'), types: NUMBERS },
  atan2: { formula: atan2, types: ['float32'] },
  div: { formula: div, types: NUMBERS },
  equal: { formula: comparison('Equal'), types: ANY },
  floorDiv: { formula: floorDiv, types: NUMBERS },
  greater: { formula: comparison('Greater'), types: NUMBERS },
  greaterEqual: { formula: comparison('GreaterOrEqual'), types: NUMBERS },
  less: { formula: comparison('Less'), types: NUMBERS },
  lessEqual: { formula: comparison('LessOrEqual'), types: NUMBERS },
  logicalAnd: { formula: comparison('And'), types: ['bool'] },
  logicalOr: { formula: comparison('Or'), types: ['bool'] },
  max: { formula: operator('Max'), types: NUMBERS },
  min: { formula: operator('Min'), types: NUMBERS },
  mod: { formula: mod, types: NUMBERS },
  mul: { formula: operator('Mul'), types: NUMBERS },
  notEqual: {
    formula: (e, a, b, shape) =>
      e.emit('Not', [comparison('Equal')(e, a, b, shape)], { dtype: 'bool', shape }),
    types: ANY,
  },
  pow: { formula: operator('Pow'), types: NUMBERS },
  sub: { formula: operator('Sub'), types: NUMBERS },
};

export const lowerBinary = ({ op, operands: [a, b], type }: BinaryNode, scope: Scope): Value => {
  const { formula, types } = ROWS[op];
  const dtype = types.includes(a.type.dtype) ? a.type.dtype : (types.at(-1) ?? 'float32');
  const [x, y] = [casted(scope, scope.value(a), dtype), casted(scope, scope.value(b), dtype)];
  return casted(scope, formula(scope, x, y, type.shape), type.dtype);
};

export const lowerSelect = ({ operands, type }: SelectNode, scope: Scope): Value => {
  const [condition, a, b] = operands;
  const [chosen, x, y] = [scope.value(condition), scope.value(a), scope.value(b)];
  if (type.dtype !== 'bool') return scope.emit('Where', [chosen, x, y], type);
  // Where of onnxruntime takes no bools.
  const number = { dtype: 'int32', shape: type.shape } as const;
  const [m, n] = [casted(scope, x, 'int32'), casted(scope, y, 'int32')];
  return casted(scope, scope.emit('Where', [chosen, m, n], number), 'bool');
};
