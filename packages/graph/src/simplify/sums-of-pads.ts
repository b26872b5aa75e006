// The gradient of a value that is cut into slices comes as a sum of pads, each as large as the value: pieces that lie
// side by side are one concatenation instead.
import type { Builder } from '../ir/builder.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import type { Rule } from './rule.ts';

/** A piece of an otherwise zero value: `x` from `begin` on along `axis`. */
interface Piece {
  readonly x: Node;
  readonly axis: number;
  readonly begin: number;
  readonly end: number;
}

/** pad(a) + pad(c) → pad(concat(a, c)), and (x + pad(a)) + pad(c) → x + pad(concat(a, c)), for neighbours. */
export const sumOfPads: Rule<NodeOf<'binary'>> = (node, b) => {
  if (node.op !== 'add') return undefined;
  const [p, q] = node.operands;
  const { shape } = node.type;
  return (
    joined(pieceOf(p, shape, b), pieceOf(q, shape, b), shape, b) ??
    joinedInSum(p, q, shape, b) ??
    joinedInSum(q, p, shape, b)
  );
};

const joinedInSum = (sum: Node, other: Node, shape: readonly number[], b: Builder): Node | undefined => {
  if (sum.kind !== 'binary' || sum.op !== 'add') return undefined;
  const piece = pieceOf(other, shape, b);
  if (piece === undefined) return undefined;
  const [p, q] = sum.operands;
  for (const [kept, near] of [
    [p, q],
    [q, p],
  ] as const) {
    const whole = joined(pieceOf(near, shape, b), piece, shape, b);
    if (whole !== undefined) return b.binary('add', kept, whole);
  }
  return undefined;
};

const joined = (
  one: Piece | undefined,
  other: Piece | undefined,
  shape: readonly number[],
  b: Builder,
): Node | undefined => {
  if (one === undefined || other === undefined || one.axis !== other.axis) return undefined;
  const [low, high] = one.begin < other.begin ? [one, other] : [other, one];
  if (low.end !== high.begin) return undefined;
  const { axis } = low;
  const whole = b.concat([low.x, high.x], axis);
  const at = (side: number): number[] => shape.map((_, i) => (i === axis ? side : 0));
  return b.pad(whole, at(low.begin), at((shape[axis] ?? 0) - high.end), 0);
};

/** The piece that a node of this shape is, if it is one; also behind a reshape that only drops axes of size 1. */
const pieceOf = (node: Node, shape: readonly number[], b: Builder): Piece | undefined => {
  if (!sameShape(node.type.shape, shape)) return undefined;
  if (node.kind === 'reshape' && shape.length === 1) {
    const [pad] = node.operands;
    const piece = pad.kind === 'pad' ? pieceOf(pad, pad.type.shape, b) : undefined;
    const alone =
      piece !== undefined && pad.type.shape.every((side, axis) => axis === piece.axis || side === 1);
    return alone ? { ...piece, x: b.reshape(piece.x, [piece.end - piece.begin]), axis: 0 } : undefined;
  }
  if (node.kind !== 'pad' || node.value !== 0 || node.type.dtype === 'bool') return undefined;
  const padded = shape.flatMap((_, axis) =>
    (node.before[axis] ?? 0) !== 0 || (node.after[axis] ?? 0) !== 0 ? [axis] : [],
  );
  const [axis] = padded;
  if (axis === undefined || padded.length > 1) return undefined;
  const begin = node.before[axis] ?? 0;
  const [x] = node.operands;
  return begin < 0 ? undefined : { x, axis, begin, end: begin + (x.type.shape[axis] ?? 0) };
};
