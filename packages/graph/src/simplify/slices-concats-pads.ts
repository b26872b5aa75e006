// Slices, concatenations and paddings of each other.
import type { ConcatNode, Node, PadNode, SliceNode } from '../ir/node.ts';
import type { Rule } from './rule.ts';

/** slice(slice(x)) → slice(x) */
export const composeSlices: Rule<SliceNode> = ({ operands: [inner], begin, strides, type }, b) => {
  if (inner.kind !== 'slice') return undefined;
  return b.slice(
    inner.operands[0],
    inner.begin.map((from, axis) => from + (begin[axis] as number) * (inner.strides[axis] as number)),
    type.shape,
    inner.strides.map((stride, axis) => stride * (strides[axis] as number)),
  );
};

/** The first and the last position that a slice reads along an axis. */
const extent = ({ begin, strides, type }: SliceNode, axis: number): [first: number, last: number] => {
  const from = begin[axis] as number;
  const to = from + ((type.shape[axis] as number) - 1) * (strides[axis] as number);
  return [Math.min(from, to), Math.max(from, to)];
};

/** slice(concat(…, x, …)) → slice(x), where it reads nothing else. */
export const sliceOfConcat: Rule<SliceNode> = (node, b) => {
  const [inner] = node.operands;
  if (inner.kind !== 'concat' || node.type.shape.includes(0)) return undefined;
  const { axis } = inner;
  const [first, last] = extent(node, axis);
  let start = 0;
  for (const operand of inner.operands) {
    const end = start + (operand.type.shape[axis] as number);
    if (start <= first && last < end) {
      const begin = node.begin.with(axis, (node.begin[axis] as number) - start);
      return b.slice(operand, begin, node.type.shape, node.strides);
    }
    start = end;
  }
  return undefined;
};

/** slice(pad(x)) → slice(x), where it reads no padding. */
export const sliceOfPad: Rule<SliceNode> = (node, b) => {
  const [inner] = node.operands;
  if (inner.kind !== 'pad' || node.type.shape.includes(0)) return undefined;
  const [x] = inner.operands;
  const inside = inner.before.every((before, axis) => {
    const [first, last] = extent(node, axis);
    return before <= first && last < before + (x.type.shape[axis] as number);
  });
  if (!inside) return undefined;
  const begin = node.begin.map((from, axis) => from - (inner.before[axis] as number));
  return b.slice(x, begin, node.type.shape, node.strides);
};

/** concat(x) → x, concat(a, concat(b, c)) → concat(a, b, c), empty parts left out. */
export const flattenConcat: Rule<ConcatNode> = ({ operands, axis }, b) => {
  const parts = operands
    .flatMap((part): readonly Node[] =>
      part.kind === 'concat' && part.axis === axis ? part.operands : [part],
    )
    .filter((part, at) => part.type.shape[axis] !== 0 || (at === 0 && operands.length === 1));
  const [first = operands[0]] = parts;
  if (parts.length <= 1) return first;
  return parts.length === operands.length && parts.every((part, at) => part === operands[at])
    ? undefined
    : b.concat(parts, axis);
};

/** concat(x[0:a], x[a:n]) → x[0:n] */
export const joinSlices: Rule<ConcatNode> = ({ operands, axis }, b) => {
  const joined: Node[] = [];
  for (const part of operands) {
    const last = joined.at(-1);
    const whole = last && adjoining(last, part, axis);
    if (whole === undefined) joined.push(part);
    else {
      const [x, begin, size] = whole;
      joined[joined.length - 1] = b.slice(x, begin, size);
    }
  }
  return joined.length === operands.length ? undefined : b.concat(joined, axis);
};

type SliceArguments = readonly [x: Node, begin: readonly number[], size: readonly number[]];

/** Two slices of one value that continue each other along the axis, as one. */
const adjoining = (left: Node, right: Node, axis: number): SliceArguments | undefined => {
  if (left.kind !== 'slice' || right.kind !== 'slice') return undefined;
  const side = left.type.shape[axis] as number;
  const continues =
    left.operands[0] === right.operands[0] &&
    [...left.strides, ...right.strides].every((stride) => stride === 1) &&
    right.begin.every((from, at) => from === (left.begin[at] as number) + (at === axis ? side : 0));
  const size = left.type.shape.with(axis, side + (right.type.shape[axis] as number));
  return continues ? [left.operands[0], left.begin, size] : undefined;
};

/** pad(pad(x)) → pad(x), of the same value. */
export const composePads: Rule<PadNode> = ({ operands: [inner], before, after, value }, b) => {
  if (inner.kind !== 'pad' || !Object.is(inner.value, value)) return undefined;
  const sum = (a: readonly number[], c: readonly number[]): number[] =>
    a.map((rows, axis) => rows + (c[axis] as number));
  return b.pad(inner.operands[0], sum(before, inner.before), sum(after, inner.after), value);
};
