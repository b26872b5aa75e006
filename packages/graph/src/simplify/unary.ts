// Functions of one number, and casts.
import type { Builder } from '../ir/builder.ts';
import type { CastNode, Node, UnaryNode } from '../ir/node.ts';
import type { UnaryOp } from '../ir/op-names.ts';
import { isNonNegative, isWhole } from './known.ts';
import type { Rule } from './rule.ts';
import { uniform } from './shapes.ts';

/** What f(g(x)) is, where that is simpler: by f, then by g. */
const COMPOSED: { readonly [F in UnaryOp]?: { readonly [G in UnaryOp]?: (x: Node, b: Builder) => Node } } = {
  abs: { neg: (x, b) => b.unary('abs', x) },
  cos: { neg: (x, b) => b.unary('cos', x), abs: (x, b) => b.unary('cos', x) },
  logicalNot: { logicalNot: (x) => x },
  neg: { neg: (x) => x },
  sqrt: { square: (x, b) => b.unary('abs', x) },
  square: { abs: (x, b) => b.unary('square', x), neg: (x, b) => b.unary('square', x) },
};

/** f(f(x)) = f(x) */
const IDEMPOTENT: ReadonlySet<UnaryOp> = new Set<UnaryOp>([
  'abs',
  'ceil',
  'floor',
  'relu',
  'round',
  'sign',
  'step',
]);

/** f(x) = x for x ≥ 0 */
const KEEPS_POSITIVE: ReadonlySet<UnaryOp> = new Set<UnaryOp>(['abs', 'relu']);

/** neg neg x → x, relu relu x → relu x, relu exp x → exp x, … */
export const composeUnary: Rule<UnaryNode> = ({ op, type, operands: [inner] }, b) => {
  if (inner.kind !== 'unary' || inner.type.dtype !== type.dtype) return undefined;
  if (inner.op === op && IDEMPOTENT.has(op)) return inner;
  if (KEEPS_POSITIVE.has(op) && isNonNegative(inner)) return inner;
  const result = COMPOSED[op]?.[inner.op]?.(inner.operands[0], b);
  return result?.type.dtype === type.dtype ? result : undefined;
};

/** -(x·c) → x·(-c), -(x - y) → y - x */
export const negBinary: Rule<UnaryNode> = ({ op, operands: [inner] }, b) => {
  if (op !== 'neg' || inner.kind !== 'binary') return undefined;
  const [x, y] = inner.operands;
  if (inner.op === 'sub') return b.binary('sub', y, x);
  const c = uniform(y);
  return inner.op === 'mul' && c !== undefined
    ? b.binary('mul', x, b.fill(-c, y.type.shape, y.type.dtype))
    : undefined;
};

/** cast(cast(x)) → cast(x), where the first cast loses nothing: of bools, and of whole numbers to int32. */
export const composeCasts: Rule<CastNode> = ({ type, operands: [inner] }, b) => {
  if (inner.kind !== 'cast') return undefined;
  const [x] = inner.operands;
  const lossless = x.type.dtype === 'bool' || (inner.type.dtype === 'int32' && isWhole(x));
  return lossless ? b.cast(x, type.dtype) : undefined;
};
