// Types of matrix products, correlations and pools with channels first.
import { invalidNode } from '../../errors.ts';
import { broadcastShapes } from '../broadcast-shapes.ts';
import { fit, hasRank, hasType, shown, sideOf } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

export const PRODUCTS: TypeRulesOf<'crossCorrelation' | 'matMul' | 'pool'> = {
  crossCorrelation: ({ kind, operands: [x, filter], strides, dilations, before, after }) => {
    hasRank(kind, filter, x.type.shape.length);
    fit(sideOf(x, 1) === sideOf(filter, 1), kind, () => `${shown(x.type)} and filter ${shown(filter.type)}`);
    const sides = x.type.shape.slice(2).map((side, axis) => {
      const reach = (sideOf(filter, axis + 2) - 1) * (dilations[axis] ?? 1) + 1;
      const room = side + (before[axis] ?? 0) + (after[axis] ?? 0) - reach;
      fit(room >= 0, kind, () => `filter ${shown(filter.type)} is larger than ${shown(x.type)}`);
      return Math.floor(room / (strides[axis] ?? 1)) + 1;
    });
    return { shape: [sideOf(x, 0), sideOf(filter, 0), ...sides], dtype: x.type.dtype };
  },
  matMul: ({ kind, operands: [a, b], transposeA, transposeB }) => {
    fit(
      a.type.shape.length >= 2 && b.type.shape.length >= 2,
      kind,
      () => `${shown(a.type)} and ${shown(b.type)}`,
    );
    hasType(kind, b, a.type.dtype);
    const [rows, inner] = transposeA ? [sideOf(a, -1), sideOf(a, -2)] : [sideOf(a, -2), sideOf(a, -1)];
    const [innerB, columns] = transposeB ? [sideOf(b, -1), sideOf(b, -2)] : [sideOf(b, -2), sideOf(b, -1)];
    const batch = broadcastShapes(a.type.shape.slice(0, -2), b.type.shape.slice(0, -2));
    if (batch === undefined || inner !== innerB) {
      throw invalidNode(kind, `${shown(a.type)} and ${shown(b.type)} (${transposeA}, ${transposeB})`);
    }
    return { shape: [...batch, rows, columns], dtype: a.type.dtype };
  },
  pool: ({ kind, operands: [x], size, strides, before, after }) => {
    hasType(kind, x, 'float32');
    hasRank(kind, x, size.length + 2);
    const sides = x.type.shape.slice(2).map((side, axis) => {
      const room = side + (before[axis] ?? 0) + (after[axis] ?? 0) - (size[axis] ?? 0);
      fit(room >= 0, kind, () => `a window of [${size.join(', ')}] is larger than ${shown(x.type)}`);
      return Math.floor(room / (strides[axis] ?? 1)) + 1;
    });
    return { shape: [sideOf(x, 0), sideOf(x, 1), ...sides], dtype: 'float32' };
  },
};
