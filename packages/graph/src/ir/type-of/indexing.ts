// Types of what is picked or placed by indices.
import { fit, hasAxis, hasRank, hasType, shown, sideOf } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

export const INDEXING: TypeRulesOf<'gather' | 'oneHot' | 'segmentSum'> = {
  gather: ({ kind, operands: [x, indices], axis }) => {
    hasAxis(kind, x, axis);
    hasType(kind, indices, 'int32');
    return { shape: x.type.shape.toSpliced(axis, 1, ...indices.type.shape), dtype: x.type.dtype };
  },
  oneHot: ({ kind, operands: [indices], depth }) => {
    hasType(kind, indices, 'int32');
    return { shape: [...indices.type.shape, depth], dtype: 'float32' };
  },
  segmentSum: ({ kind, operands: [x, indices], segments }) => {
    hasType(kind, indices, 'int32');
    hasRank(kind, indices, 1);
    hasAxis(kind, x, 0);
    fit(sideOf(x, 0) === sideOf(indices, 0), kind, () => `${shown(x.type)} by ${shown(indices.type)}`);
    return { shape: x.type.shape.with(0, segments), dtype: x.type.dtype };
  },
};
