// Types of what moves elements and computes nothing.
import { sizeOf } from '@mapping-networks/core';
import { invalidNode } from '../../errors.ts';
import { broadcastShapes } from '../broadcast-shapes.ts';
import { sameShape } from '../same-shape.ts';
import { fit, hasAxis, hasRank, hasShape, hasType, shown, sideOf } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

export const MOVES: TypeRulesOf<'broadcast' | 'concat' | 'pad' | 'reshape' | 'slice' | 'transpose'> = {
  broadcast: ({ kind, operands: [x], type: { shape } }) => {
    const common = broadcastShapes(x.type.shape, shape);
    fit(
      common !== undefined && sameShape(common, shape),
      kind,
      () => `${shown(x.type)} to [${shape.join(', ')}]`,
    );
    return { shape, dtype: x.type.dtype };
  },
  concat: ({ kind, operands, axis }) => {
    const [first] = operands;
    if (first === undefined) throw invalidNode(kind, 'no operands');
    hasAxis(kind, first, axis);
    for (const operand of operands) {
      hasType(kind, operand, first.type.dtype);
      hasAxis(kind, operand, axis);
      hasShape(kind, operand, first.type.shape.with(axis, sideOf(operand, axis)));
    }
    const side = operands.reduce((sum, operand) => sum + sideOf(operand, axis), 0);
    return { shape: first.type.shape.with(axis, side), dtype: first.type.dtype };
  },
  pad: ({ kind, operands: [x], before, after }) => {
    fit(
      [...before, ...after].every((side) => side >= 0),
      kind,
      () => 'negative padding',
    );
    hasRank(kind, x, before.length);
    hasRank(kind, x, after.length);
    const shape = x.type.shape.map((side, axis) => side + (before[axis] ?? 0) + (after[axis] ?? 0));
    return { shape, dtype: x.type.dtype };
  },
  reshape: ({ kind, operands: [x], type: { shape } }) => {
    fit(sizeOf(shape) === sizeOf(x.type.shape), kind, () => `${shown(x.type)} to [${shape.join(', ')}]`);
    return { shape, dtype: x.type.dtype };
  },
  slice: ({ kind, operands: [x], begin, strides, type: { shape } }) => {
    hasRank(kind, x, begin.length);
    hasRank(kind, x, strides.length);
    hasRank(kind, x, shape.length);
    shape.forEach((size, axis) => {
      const first = begin[axis] ?? 0;
      const last = first + (size - 1) * (strides[axis] ?? 1);
      const inside = [first, last].every((at) => at >= 0 && at < sideOf(x, axis));
      fit(size === 0 || inside, kind, () => `${first} to ${last} of axis ${axis} of ${shown(x.type)}`);
    });
    return { shape, dtype: x.type.dtype };
  },
  transpose: ({ kind, operands: [x], permutation }) => {
    hasRank(kind, x, permutation.length);
    const whole = x.type.shape.every((_, axis) => permutation.includes(axis));
    fit(whole, kind, () => `permutation ${permutation.join(', ')}`);
    return { shape: permutation.map((axis) => sideOf(x, axis)), dtype: x.type.dtype };
  },
};
