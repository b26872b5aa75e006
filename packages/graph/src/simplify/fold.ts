// What is known when the graph is made is computed then. Numbers that are all equal become a `fill`, which takes no
// room, and stay one as long as possible.
import { sizeOf } from '@mapping-networks/core';
import { match, P } from 'ts-pattern';
import { EVALUATE } from '../interpret/evaluate.ts';
import { applyRule } from '../ir/node.ts';
import type { Kind, Node } from '../ir/node.ts';
import type { ReduceOp } from '../ir/op-names.ts';
import type { ElementArray } from '../ir/value-type.ts';
import type { Rule } from './rule.ts';
import { isKnown, sizeOfNode, uniform } from './shapes.ts';

/** A folded constant may have so many times the elements of its operands, or this many in any case. */
const GROWTH = 2;
const SMALL = 1024;
/** Elements of operands up to which folding, in plain loops, is taken to be worth the time. */
const LARGEST = 1 << 22;
/** The same for matrix products and convolutions: the product of the sizes of both factors. */
const LARGEST_PRODUCT = 1 << 22;

const PRODUCTS: ReadonlySet<Kind> = new Set<Kind>([
  'conv2d',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'crossCorrelation',
  'matMul',
]);

/** Whether a gather of constants reads what is not there: left to the runtime, which refuses it. */
const readsOutside = (node: Node, values: readonly ElementArray[]): boolean => {
  if (node.kind !== 'gather') return false;
  const side = node.operands[0].type.shape[node.axis] ?? 0;
  return values[1]?.some((index) => index < 0 || index >= side) ?? false;
};

/** f(constants) → constant, unless that is much larger than what it is made of. */
export const foldConstants: Rule = (node, b) => {
  const { operands, type } = node;
  if (operands.length === 0 || !operands.every(isKnown)) return undefined;
  const given = operands.reduce((sum, operand) => sum + sizeOfNode(operand), 0);
  const stored = operands.reduce(
    (sum, operand) => sum + (operand.kind === 'fill' ? 1 : sizeOfNode(operand)),
    0,
  );
  if (given > LARGEST || sizeOf(type.shape) > Math.max(SMALL, stored * GROWTH)) return undefined;
  if (PRODUCTS.has(node.kind) && sizeOf(operands.map(sizeOfNode)) > LARGEST_PRODUCT) return undefined;
  const values = operands.map((operand) => applyRule(EVALUATE, operand, [], {}));
  if (readsOutside(node, values)) return undefined;
  return b.constant(applyRule(EVALUATE, node, values, {}), type.shape, type.dtype);
};

const OVER_EQUAL: Readonly<Record<ReduceOp, (x: number, count: number) => number>> = {
  all: (x) => Number(x !== 0),
  any: (x) => Number(x !== 0),
  max: (x) => x,
  mean: (x) => x,
  min: (x) => x,
  prod: (x, count) => x ** count,
  sum: (x, count) => x * count,
};

/** The number that an operation on equal numbers repeats; undefined where its result is not uniform. */
const overFills = (node: Node): number | undefined => {
  const [first] = node.operands;
  const x = first === undefined ? undefined : uniform(first);
  if (x === undefined) return undefined;
  return match(node)
    .with({ kind: P.union('broadcast', 'gather', 'reshape', 'slice', 'transpose') }, () => x)
    .with({ kind: 'concat' }, ({ operands }) =>
      operands.every((operand) => Object.is(uniform(operand), x)) ? x : undefined,
    )
    .with({ kind: 'pad' }, ({ value }) => (Object.is(value, x) ? x : undefined))
    .with({ kind: 'reduce' }, ({ op, axes, operands: [{ type }] }) => {
      const count = sizeOf(axes.map((axis) => type.shape[axis] as number));
      return count === 0 ? undefined : OVER_EQUAL[op](x, count);
    })
    .otherwise(() => undefined);
};

/** f(fill) → fill */
export const foldFills: Rule = (node, b) => {
  const value = overFills(node);
  return value === undefined ? undefined : b.fill(value, node.type.shape, node.type.dtype);
};
