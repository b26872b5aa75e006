// What makes one number of many.
import type { ArgExtremeNode, CumulativeSumNode, ReduceNode, ReduceOp } from '../ir/node.ts';
import { int, type Value } from './emitter.ts';
import { casted, filled, isEmpty, type Scope } from './scope.ts';

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

export const lowerReduce = ({ op, operands, axes, type }: ReduceNode, scope: Scope): Value => {
  const x = scope.value(operands[0]);
  const { name, ofNothing } = OPERATOR[op];
  if (isEmpty(x.shape)) return filled(scope, ofNothing, type.dtype, type.shape);
  let value = type.dtype === 'bool' ? casted(scope, x, 'int32') : x;
  // A mean of integers is cut off, once.
  const whole = op === 'mean' && type.dtype !== 'float32';
  for (const stage of whole ? [axes] : stages(axes, x.shape)) {
    const shape = value.shape.filter((_, axis) => !stage.includes(axis));
    value = scope.emit(
      name,
      [value, scope.integers(stage)],
      { dtype: value.dtype, shape },
      { keepdims: int(0) },
    );
  }
  return casted(scope, value, type.dtype);
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
