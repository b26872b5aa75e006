// What makes one number of many.
import type { ArgExtremeNode, CumulativeSumNode, ReduceNode } from '../ir/node.ts';
import type { ReduceOp } from '../ir/op-names.ts';
import type { ValueType } from '../ir/value-type.ts';
import { int, type Emitter, type Value } from './emitter.ts';
import { casted, filled, isEmpty, reshaped, type Scope } from './scope.ts';

/** The operator, and the result for no numbers at all. */
const OPERATOR: Readonly<Record<ReduceOp, { readonly name: string; readonly ofNothing: number }>> = {
  all: { name: 'ReduceMin', ofNothing: 1 },
  any: { name: 'ReduceMax', ofNothing: 0 },
  max: { name: 'ReduceMax', ofNothing: -Infinity },
  mean: { name: 'ReduceMean', ofNothing: NaN },
  min: { name: 'ReduceMin', ofNothing: Infinity },
  prod: { name: 'ReduceProd', ofNothing: 1 },
  sum: { name: 'ReduceSum', ofNothing: 0 },
};

/** Runs of axes that are next to each other, ignoring sides of 1. */
const runs = (axes: readonly number[], shape: readonly number[]): readonly (readonly number[])[] => {
  const result: number[][] = [];
  let last: number | undefined;
  for (const axis of axes) {
    const joined = last !== undefined && shape.slice(last + 1, axis).every((side) => side === 1);
    if (joined) result.at(-1)?.push(axis);
    else result.push([axis]);
    last = axis;
  }
  return result;
};

/**
 * onnxruntime has quick loops where the reduced axes are one run or begin and end the shape, and a slow one for the
 * rest. Those are reduced run by run, the last first, as it reads contiguous numbers.
 */
const stages = (axes: readonly number[], shape: readonly number[]): readonly (readonly number[])[] => {
  const parts = runs(axes, shape);
  const outer =
    parts.length === 2 &&
    shape.slice(0, axes[0]).every((side) => side === 1) &&
    axes.at(-1) === shape.length - 1;
  return parts.length < 2 || outer ? [axes] : parts.toReversed();
};

/** From this size on, reducing the rows of a matrix is done in two steps. */
const MANY_ROWS = 64;
const MANY_NUMBERS = 1 << 15;

/**
 * The first axes alone: one thread adds up what lies far apart. Cut into √rows blocks, each is summed quickly; the few
 * results follow.
 */
const inBlocks = (e: Emitter, x: Value, axes: readonly number[]): Value => {
  const kept = x.shape.filter((_, axis) => !axes.includes(axis));
  const rows = axes.reduce((product, axis) => product * (x.shape[axis] ?? 0), 1);
  const first = x.shape.findIndex((side) => side !== 1);
  const leading = axes.includes(first) && runs(axes, x.shape).length === 1 && !isEmpty(kept);
  const columns = kept.reduce((product, side) => product * side, 1);
  if (!leading || columns === 1 || rows < MANY_ROWS || rows * columns < MANY_NUMBERS) return x;
  let blocks = Math.floor(Math.sqrt(rows));
  while (rows % blocks !== 0) blocks--;
  return blocks < 8 ? x : reshaped(e, x, [blocks, rows / blocks, columns]);
};

/** Whether this is the mean of each channel of images `[N, C, …]`. */
const isMeanOfPlanes = (op: ReduceOp, { dtype, shape }: ValueType, axes: readonly number[]): boolean =>
  op === 'mean' && dtype === 'float32' && shape.length === 4 && axes.join() === '2,3';

const meanOfPlanes = (e: Emitter, x: Value, type: ValueType): Value =>
  reshaped(e, e.emit('GlobalAveragePool', [x], { dtype: x.dtype, shape: [...type.shape, 1, 1] }), type.shape);

export const lowerReduce = ({ op, operands, axes, type }: ReduceNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  const { name, ofNothing } = OPERATOR[op];
  if (isEmpty(x.shape)) return filled(scope, ofNothing, type.dtype, type.shape);
  const numbers = type.dtype === 'bool' ? casted(scope, x, 'int32') : x;
  // A mean of integers is cut off, once.
  const whole = op === 'mean' && type.dtype !== 'float32';
  const direct = whole || scope.conventional;
  if (direct && isMeanOfPlanes(op, operands[0].type, axes)) return meanOfPlanes(scope, x, type);
  const blocks = direct ? numbers : inBlocks(scope, numbers, axes);
  const steps = direct ? [axes] : blocks === numbers ? stages(axes, x.shape) : [[1], [0]];
  let value = blocks;
  for (const step of steps) {
    const reduced = { dtype: value.dtype, shape: value.shape.filter((_, axis) => !step.includes(axis)) };
    value = scope.emit(name, [value, scope.integers(step)], reduced, { keepdims: int(0) });
  }
  return casted(scope, reshaped(scope, value, type.shape), type.dtype);
};

export const lowerArgExtreme = ({ op, operands, axis, type }: ArgExtremeNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  const numbers = x.dtype === 'bool' ? casted(scope, x, 'int32') : x;
  const attributes = { axis: int(axis), keepdims: int(0), select_last_index: int(0) };
  const name = op === 'max' ? 'ArgMax' : 'ArgMin';
  return casted(
    scope,
    scope.emit(name, [numbers], { dtype: 'int64', shape: type.shape }, attributes),
    'int32',
  );
};

export const lowerCumulativeSum = (
  { operands, axis, exclusive, reverse, type }: CumulativeSumNode,
  scope: Scope,
): Value =>
  scope.emit('CumSum', [scope.value(operands[0]), scope.scalar(axis, 'int32')], type, {
    exclusive: int(Number(exclusive)),
    reverse: int(Number(reverse)),
  });
