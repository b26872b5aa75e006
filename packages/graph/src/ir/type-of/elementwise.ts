// Types of what is computed element by element.
import { invalidNode } from '../../errors.ts';
import { broadcastShapes } from '../broadcast-shapes.ts';
import type { Kind, Node } from '../node.ts';
import { fit, hasType, shown } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

const YIELD_BOOL = new Set<string>([
  'equal',
  'greater',
  'greaterEqual',
  'isFinite',
  'isInf',
  'isNaN',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalNot',
  'logicalOr',
  'notEqual',
]);

const broadcast = (kind: Kind, operands: readonly Node[]): readonly number[] =>
  operands
    .map(({ type }) => type.shape)
    .reduce((a, b) => {
      const shape = broadcastShapes(a, b);
      if (shape === undefined) {
        throw invalidNode(
          kind,
          `operands do not broadcast: ${operands.map((x) => shown(x.type)).join(', ')}`,
        );
      }
      return shape;
    });

export const ELEMENTWISE: TypeRulesOf<'binary' | 'cast' | 'select' | 'unary'> = {
  binary: ({ kind, op, operands }) => {
    const [a, b] = operands;
    fit(a.type.dtype === b.type.dtype, kind, () => `${op} of ${shown(a.type)} and ${shown(b.type)}`);
    if (op.startsWith('logical')) hasType(kind, a, 'bool');
    const dtype = YIELD_BOOL.has(op) ? 'bool' : a.type.dtype;
    return { shape: broadcast(kind, operands), dtype };
  },
  cast: ({ operands: [x], type }) => ({ shape: x.type.shape, dtype: type.dtype }),
  select: ({ kind, operands }) => {
    const [condition, a, b] = operands;
    hasType(kind, condition, 'bool');
    hasType(kind, b, a.type.dtype);
    return { shape: broadcast(kind, operands), dtype: a.type.dtype };
  },
  unary: ({ kind, op, operands: [x] }) => {
    if (op === 'logicalNot') hasType(kind, x, 'bool');
    return YIELD_BOOL.has(op) ? { shape: x.type.shape, dtype: 'bool' } : x.type;
  },
};
