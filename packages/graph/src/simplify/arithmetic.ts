// Neutral and absorbing elements, signs, and numbers that are known: algebra on single elements. `c` stands for one
// known number (a fill), `k` for any constants.
//
// Exactness: the sign of a zero and the last bit may differ. NaN and ∞ go their way: x·0 is 0 only where x is finite
// whatever the inputs are.
import type { Builder } from '../ir/builder.ts';
import type { BinaryNode, Node } from '../ir/node.ts';
import type { BinaryOp } from '../ir/op-names.ts';
import { isSmallBeside } from './factors.ts';
import { isFinite, isNonNegative } from './known.ts';
import type { Rule } from './rule.ts';
import { isKnown, sizeOfNode, uniform } from './shapes.ts';

const COMMUTATIVE: ReadonlySet<BinaryOp> = new Set<BinaryOp>([
  'add',
  'equal',
  'logicalAnd',
  'logicalOr',
  'max',
  'min',
  'mul',
  'notEqual',
]);

/** What is computed for the operands of one operation; c is the second operand, where that is one known number. */
type Case = (x: Node, y: Node, b: Builder, c: number | undefined, node: BinaryNode) => Node | undefined;

const known = (value: number, { type }: Node, b: Builder): Node => b.fill(value, [], type.dtype);

const isOp = <Op extends BinaryOp>(node: Node, op: Op): node is BinaryNode & { readonly op: Op } =>
  node.kind === 'binary' && node.op === op;

const negated = (node: Node): Node | undefined =>
  node.kind === 'unary' && node.op === 'neg' ? node.operands[0] : undefined;

const inverted = (node: Node): Node | undefined =>
  node.kind === 'unary' && node.op === 'reciprocal' ? node.operands[0] : undefined;

/** c op x → x op c, s op x → x op s for a smaller s: rules need to look at one side only. */
const commute: Case = (x, y, b, _, { op }) => {
  const grows = sizeOfNode(y) - sizeOfNode(x);
  const swap = grows > 0 || (grows === 0 && isKnown(x) && !isKnown(y));
  return swap && COMMUTATIVE.has(op) ? b.binary(op, y, x) : undefined;
};

/** Products of constants that neither overflow nor lose bits to underflow. */
const productOf = (a: number, c: number): number | undefined => {
  const product = Math.fround(a * c);
  const size = Math.abs(product);
  const exact = (size >= 2 ** -126 && size < Infinity) || a === 0;
  return exact && Number.isFinite(c) ? product : undefined;
};

const addition: readonly Case[] = [
  (x, _, __, c) => (c === 0 ? x : undefined),
  // x + -y → x - y, -x + y → y - x
  (x, y, b) => {
    const [minusX, minusY] = [negated(x), negated(y)];
    if (minusY !== undefined) return b.binary('sub', x, minusY);
    return minusX === undefined ? undefined : b.binary('sub', y, minusX);
  },
];

const subtraction: readonly Case[] = [
  (x, _, __, c) => (c === 0 ? x : undefined),
  (x, y, b) => (uniform(x) === 0 ? b.unary('neg', y) : undefined),
  // x - -y → x + y
  (x, y, b) => {
    const minusY = negated(y);
    return minusY === undefined ? undefined : b.binary('add', x, minusY);
  },
];

const multiplication: readonly Case[] = [
  (x, _, __, c) => (c === 1 ? x : undefined),
  (x, _, b, c) => (c === -1 ? b.unary('neg', x) : undefined),
  (x, _, b, c) => (c === 0 && isFinite(x) ? known(0, x, b) : undefined),
  (x, y, b) => (x === y ? b.unary('square', x) : undefined),
  // x·(1/y) → x/y, (1/x)·y → y/x; the other way round for small divisors, see `factors.ts`
  (x, y, b) => {
    const [underX, underY] = [inverted(x), inverted(y)];
    if (underX !== undefined) return b.binary('div', y, underX);
    return underY !== undefined && !isSmallBeside(y, x) ? b.binary('div', x, underY) : undefined;
  },
  // -x·-y → x·y, -x·c → x·(-c)
  (x, y, b, c) => {
    const minusX = negated(x);
    if (minusX === undefined) return undefined;
    const minusY = c === undefined ? negated(y) : known(-c, y, b);
    return minusY === undefined ? undefined : b.binary('mul', minusX, minusY);
  },
  // (x·a)·c → x·(a·c)
  (x, y, b, c) => {
    const a = isOp(x, 'mul') ? uniform(x.operands[1]) : undefined;
    if (!isOp(x, 'mul') || a === undefined || c === undefined || y.type.dtype !== 'float32') return undefined;
    const product = productOf(a, c);
    return product === undefined ? undefined : b.binary('mul', x.operands[0], known(product, y, b));
  },
  // (x·k)·c → x·(k·c), computed at once
  (x, y, b, c) => {
    if (!isOp(x, 'mul') || x.operands[1].kind !== 'constant' || c === undefined) return undefined;
    if (y.type.dtype !== 'float32' || sizeOfNode(x) < sizeOfNode(x.operands[1])) return undefined;
    return productOf(1, c) === undefined
      ? undefined
      : b.binary('mul', x.operands[0], b.binary('mul', x.operands[1], y));
  },
];

const division: readonly Case[] = [
  (x, _, __, c) => (c === 1 ? x : undefined),
  (x, y, b) => (uniform(x) === 1 && y.type.dtype === 'float32' ? b.unary('reciprocal', y) : undefined),
  // x/(1/y) → x·y
  (x, y, b) => {
    const under = inverted(y);
    return under === undefined ? undefined : b.binary('mul', x, under);
  },
  // x/c → x·(1/c)
  (x, y, b, c) => {
    if (c === undefined || c === 0 || y.type.dtype !== 'float32') return undefined;
    const factor = productOf(1, 1 / c);
    return factor === undefined ? undefined : b.binary('mul', x, known(factor, y, b));
  },
];

const power: readonly Case[] = [
  (x, _, b, c) => (c === 0 ? known(1, x, b) : undefined),
  (x, _, __, c) => (c === 1 ? x : undefined),
  (x, _, b, c) => (c === 2 ? b.unary('square', x) : undefined),
  (x, _, b, c) => (c === 0.5 && x.type.dtype === 'float32' ? b.unary('sqrt', x) : undefined),
  (x, _, b, c) => (c === -0.5 && x.type.dtype === 'float32' ? b.unary('rsqrt', x) : undefined),
  (x, _, b, c) => (c === -1 && x.type.dtype === 'float32' ? b.unary('reciprocal', x) : undefined),
];

/** extreme(x, x) → x, extreme(extreme(x, a), c) → extreme(x, extreme(a, c)) */
const extremes = (op: 'max' | 'min', neutral: number): readonly Case[] => [
  (x, y) => (x === y ? x : undefined),
  (x, _, __, c) => (c === neutral ? x : undefined),
  (x, y, b) =>
    isOp(x, op) && isKnown(x.operands[1]) && isKnown(y) && sizeOfNode(x) >= sizeOfNode(y)
      ? b.binary(op, x.operands[0], b.binary(op, x.operands[1], y))
      : undefined,
];

const maximum: readonly Case[] = [
  ...extremes('max', -Infinity),
  (x, _, b, c) => (c === 0 && x.type.dtype === 'float32' ? b.unary('relu', x) : undefined),
  (x, _, __, c) => (c !== undefined && c <= 0 && isNonNegative(x) ? x : undefined),
];

/** The rows of truth tables with one known side. */
const logical = (neutral: 0 | 1): readonly Case[] => [
  (x, y) => (x === y && x.type.dtype === 'bool' ? x : undefined),
  (x, _, __, c) =>
    c !== undefined && Number(c !== 0) === neutral && x.type.dtype === 'bool' ? x : undefined,
  (_, __, b, c) =>
    c !== undefined && Number(c !== 0) !== neutral ? b.fill(1 - neutral, [], 'bool') : undefined,
];

const CASES: { readonly [Op in BinaryOp]?: readonly Case[] } = {
  add: addition,
  div: division,
  logicalAnd: logical(1),
  logicalOr: logical(0),
  max: maximum,
  min: extremes('min', Infinity),
  mul: multiplication,
  pow: power,
  sub: subtraction,
};

const NONE: readonly Case[] = [];

/** The first case that applies; its result is repeated where it lost a broadcast on the way. */
export const algebra: Rule<BinaryNode> = (node, b) => {
  const [x, y] = node.operands;
  const c = uniform(y);
  const commuted = commute(x, y, b, c, node);
  if (commuted !== undefined) return commuted;
  for (const apply of CASES[node.op] ?? NONE) {
    const result = apply(x, y, b, c, node);
    if (result !== undefined) return b.broadcast(result, node.type.shape);
  }
  return undefined;
};
