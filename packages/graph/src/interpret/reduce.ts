// Operations that make one number of many: reductions, the index of an extreme element, running sums.
import { sizeOf } from '@mapping-networks/core';
import type { ArgExtremeNode, CumulativeSumNode, ReduceNode } from '../ir/node.ts';
import type { ReduceOp } from '../ir/op-names.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { offsets, rowMajorStrides } from './offsets.ts';
import { allocate, store } from './storage.ts';

type Operands = readonly ElementArray[];

/** Where a reduction starts, and what it does with one more number. NaN wins in extremes. */
const FOLD: Readonly<Record<ReduceOp, { start: number; next: (sum: number, x: number) => number }>> = {
  all: { start: 1, next: (sum, x) => (sum !== 0 && x !== 0 ? 1 : 0) },
  any: { start: 0, next: (sum, x) => (sum !== 0 || x !== 0 ? 1 : 0) },
  max: { start: -Infinity, next: Math.max },
  mean: { start: 0, next: (sum, x) => sum + x },
  min: { start: Infinity, next: Math.min },
  prod: { start: 1, next: (sum, x) => sum * x },
  sum: { start: 0, next: (sum, x) => sum + x },
};

export const evaluateReduce = (node: ReduceNode, [x]: Operands): ElementArray => {
  const { shape } = node.operands[0].type;
  const { start, next } = FOLD[node.op];
  const values = new Float64Array(sizeOf(node.type.shape)).fill(start);
  const kept = shape.flatMap((_, axis) => (node.axes.includes(axis) ? [] : [axis]));
  const keptStrides = rowMajorStrides(node.type.shape);
  const target = offsets(
    shape,
    shape.map((_, axis) => keptStrides[kept.indexOf(axis)] ?? 0),
  );
  for (let i = 0; i < target.length; i++) {
    const at = target[i] as number;
    values[at] = next(values[at] as number, x?.[i] as number);
  }
  if (node.op === 'mean') {
    const count = sizeOf(node.axes.map((axis) => shape[axis] as number));
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / count;
  }
  return store(node.type, values);
};

/** A position along an axis moves by `stride`; `starts` are the offsets of the first elements. */
const alongAxis = (shape: readonly number[], axis: number): { starts: Int32Array; stride: number } => {
  const strides = rowMajorStrides(shape);
  return {
    starts: offsets(shape.toSpliced(axis, 1), strides.toSpliced(axis, 1)),
    stride: strides[axis] as number,
  };
};

export const evaluateArgExtreme = (node: ArgExtremeNode, [x]: Operands): ElementArray => {
  const { shape } = node.operands[0].type;
  const { starts, stride } = alongAxis(shape, node.axis);
  const sign = node.op === 'max' ? 1 : -1;
  const result = allocate(node.type);
  starts.forEach((start, at) => {
    let best = 0;
    for (let i = 1; i < (shape[node.axis] as number); i++) {
      if (sign * (x?.[start + i * stride] as number) > sign * (x?.[start + best * stride] as number))
        best = i;
    }
    result[at] = best;
  });
  return result;
};

export const evaluateCumulativeSum = (node: CumulativeSumNode, [x]: Operands): ElementArray => {
  const { shape } = node.type;
  const { starts, stride } = alongAxis(shape, node.axis);
  const side = shape[node.axis] as number;
  const result = allocate(node.type);
  for (const start of starts) {
    let sum = 0;
    for (let i = 0; i < side; i++) {
      const at = start + (node.reverse ? side - 1 - i : i) * stride;
      const value = x?.[at] as number;
      result[at] = node.exclusive ? sum : sum + value;
      sum += value;
    }
  }
  return result;
};
