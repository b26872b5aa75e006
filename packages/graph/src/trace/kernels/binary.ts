// Functions of two tensors, element by element, with broadcasting, and sums of any number of them.
import type { ArithmeticOp, ComparisonOp } from '../../ir/op-names.ts';
import { ofList, ofTwo, type Kernel, type Kernels } from '../kernel.ts';
import { matched, widest } from './numbers.ts';

/** In the wider type of the two, which is also the result's. */
const arithmetic = (op: ArithmeticOp): Kernel =>
  ofTwo((b, left, right) => b.cast(b.binary(op, ...matched(b, left, right)), widest(left, right)));

/** In float32, whatever comes. */
const floating = (op: ArithmeticOp): Kernel =>
  ofTwo((b, left, right) => {
    const value = b.binary(op, b.cast(left, 'float32'), b.cast(right, 'float32'));
    return b.cast(value, widest(left, right));
  });

const comparison = (op: ComparisonOp): Kernel =>
  ofTwo((b, left, right) => b.binary(op, ...matched(b, left, right)));

const logical = (op: 'logicalAnd' | 'logicalOr'): Kernel =>
  ofTwo((b, left, right) => b.binary(op, b.cast(left, 'bool'), b.cast(right, 'bool')));

export const BINARY: Kernels = {
  Add: arithmetic('add'),
  AddN: ofList((b, xs) => xs.reduce((sum, x) => b.binary('add', sum, x))),
  Atan2: floating('atan2'),
  Equal: comparison('equal'),
  FloorDiv: ofTwo((b, left, right) => b.cast(b.binary('floorDiv', ...matched(b, left, right)), 'int32')),
  Greater: comparison('greater'),
  GreaterEqual: comparison('greaterEqual'),
  Less: comparison('less'),
  LessEqual: comparison('lessEqual'),
  LogicalAnd: logical('logicalAnd'),
  LogicalOr: logical('logicalOr'),
  Maximum: arithmetic('max'),
  Minimum: arithmetic('min'),
  Mod: arithmetic('mod'),
  Multiply: arithmetic('mul'),
  NotEqual: comparison('notEqual'),
  Pow: arithmetic('pow'),
  RealDiv: floating('div'),
  SquaredDifference: ofTwo((b, left, right) =>
    b.cast(b.unary('square', b.binary('sub', ...matched(b, left, right))), widest(left, right)),
  ),
  Sub: arithmetic('sub'),
};
