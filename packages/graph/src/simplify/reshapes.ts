// Reshapes meet: each other, and the operations that they sink through towards the results because these work on axes
// that the reshape keeps.
import type {
  ArgExtremeNode,
  ConcatNode,
  Node,
  PadNode,
  ReduceNode,
  ReshapeNode,
  SliceNode,
} from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import { axisGroups } from './axis-groups.ts';
import type { Rule } from './rule.ts';

/** reshape(reshape(x)) → reshape(x) */
export const composeReshapes: Rule<ReshapeNode> = ({ operands: [inner], type }, b) =>
  inner.kind === 'reshape' ? b.reshape(inner.operands[0], type.shape) : undefined;

/** reduce(reshape(x)) → reshape(reduce(x)), where whole groups of axes vanish. */
export const reduceOfReshape: Rule<ReduceNode> = ({ operands: [inner], op, axes, type }, b) => {
  if (inner.kind !== 'reshape') return undefined;
  const [x] = inner.operands;
  const touched = axisGroups(x.type.shape, inner.type.shape)?.filter(({ to }) =>
    to.some((axis) => axes.includes(axis)),
  );
  if (!touched?.every(({ to }) => to.every((axis) => axes.includes(axis)))) return undefined;
  const reduced = b.reduce(
    op,
    x,
    touched.flatMap(({ from }) => from),
  );
  return b.reshape(reduced, type.shape);
};

/** The axis of a reshape's operand that is its axis `axis`, all by itself. */
const keptAxis = ({ operands: [x], type }: ReshapeNode, axis: number): number | undefined => {
  const group = axisGroups(x.type.shape, type.shape)?.find(({ to }) => to.includes(axis));
  return group?.from.length === 1 && group.to.length === 1 ? group.from[0] : undefined;
};

/** For axes of a reshape that something is done to: where they are in its operand, if all of them are kept. */
const keptAxes = (
  reshape: ReshapeNode,
  isTouched: (axis: number) => boolean,
): ReadonlyMap<number, number> | undefined => {
  const kept = new Map<number, number>();
  for (const axis of reshape.type.shape.keys()) {
    if (!isTouched(axis)) continue;
    const from = keptAxis(reshape, axis);
    if (from === undefined) return undefined;
    kept.set(from, axis);
  }
  return kept;
};

/** slice(reshape(x)) → reshape(slice(x)) */
export const sliceOfReshape: Rule<SliceNode> = ({ operands: [inner], begin, strides, type }, b) => {
  if (inner.kind !== 'reshape') return undefined;
  const whole = (axis: number): boolean =>
    begin[axis] === 0 && strides[axis] === 1 && type.shape[axis] === inner.type.shape[axis];
  const kept = keptAxes(inner, (axis) => !whole(axis));
  if (kept === undefined) return undefined;
  const { shape } = inner.operands[0].type;
  const values = (of: readonly number[], otherwise: readonly number[]): number[] =>
    shape.map((_, from) => of[kept.get(from) ?? -1] ?? (otherwise[from] as number));
  const zeros = shape.map(() => 0);
  const ones = shape.map(() => 1);
  const slice = b.slice(
    inner.operands[0],
    values(begin, zeros),
    values(type.shape, shape),
    values(strides, ones),
  );
  return b.reshape(slice, type.shape);
};

/** pad(reshape(x)) → reshape(pad(x)) */
export const padOfReshape: Rule<PadNode> = ({ operands: [inner], before, after, value, type }, b) => {
  if (inner.kind !== 'reshape') return undefined;
  const kept = keptAxes(inner, (axis) => before[axis] !== 0 || after[axis] !== 0);
  if (kept === undefined) return undefined;
  const { shape } = inner.operands[0].type;
  const rows = (of: readonly number[]): number[] => shape.map((_, from) => of[kept.get(from) ?? -1] ?? 0);
  return b.reshape(b.pad(inner.operands[0], rows(before), rows(after), value), type.shape);
};

const isReshape = (node: Node): node is ReshapeNode => node.kind === 'reshape';

/** concat(reshape(x), reshape(y), …) → reshape(concat(x, y, …)) */
export const concatOfReshapes: Rule<ConcatNode> = ({ operands, axis, type }, b) => {
  if (!operands.every(isReshape)) return undefined;
  const places = new Set(operands.map((operand) => keptAxis(operand, axis)));
  const [place] = places;
  if (places.size !== 1 || place === undefined) return undefined;
  const parts = operands.map((operand) => operand.operands[0]);
  const [first, ...rest] = parts.map((part) => part.type.shape.with(place, 0));
  return rest.every((shape) => sameShape(shape, first as number[]))
    ? b.reshape(b.concat(parts, place), type.shape)
    : undefined;
};

/** argExtreme(reshape(x)) → reshape(argExtreme(x)) */
export const argExtremeOfReshape: Rule<ArgExtremeNode> = ({ operands: [inner], op, axis, type }, b) => {
  if (inner.kind !== 'reshape') return undefined;
  const from = keptAxis(inner, axis);
  return from === undefined ? undefined : b.reshape(b.argExtreme(op, inner.operands[0], from), type.shape);
};
