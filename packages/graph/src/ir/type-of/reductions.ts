// Types of what is computed along axes.
import { fit, hasAxis, hasType, sideOf } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

export const REDUCTIONS: TypeRulesOf<'argExtreme' | 'cumulativeSum' | 'reduce'> = {
  argExtreme: ({ kind, operands: [x], axis }) => {
    hasAxis(kind, x, axis);
    fit(sideOf(x, axis) > 0, kind, () => 'an axis without elements');
    return { shape: x.type.shape.toSpliced(axis, 1), dtype: 'int32' };
  },
  cumulativeSum: ({ kind, operands: [x], axis }) => {
    hasAxis(kind, x, axis);
    return x.type;
  },
  reduce: ({ kind, op, operands: [x], axes }) => {
    axes.forEach((axis, i) => {
      hasAxis(kind, x, axis);
      fit(i === 0 || axis > (axes[i - 1] ?? 0), kind, () => `axes ${axes.join(', ')} do not increase`);
    });
    if (op === 'all' || op === 'any') hasType(kind, x, 'bool');
    return { shape: x.type.shape.filter((_, axis) => !axes.includes(axis)), dtype: x.type.dtype };
  },
};
