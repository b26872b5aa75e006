// Transposes meet: each other, reshapes, and the operations that they sink through towards the results.
import type {
  ArgExtremeNode,
  ConcatNode,
  CumulativeSumNode,
  GatherNode,
  PadNode,
  ReduceNode,
  ReshapeNode,
  SliceNode,
  TransposeNode,
} from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import { axisGroups } from './axis-groups.ts';
import type { Rule } from './rule.ts';
import { inverse, nearInputs, sizeOfNode } from './shapes.ts';

/** transpose(transpose(x, p), q) → transpose(x, p∘q) */
export const composeTransposes: Rule<TransposeNode> = ({ operands: [inner], permutation }, b) =>
  inner.kind === 'transpose'
    ? b.transpose(
        inner.operands[0],
        permutation.map((axis) => inner.permutation[axis] as number),
      )
    : undefined;

/** A transpose that only moves axes of size 1 → reshape */
export const transposeToReshape: Rule<TransposeNode> = ({ operands: [x], permutation, type }, b) => {
  const moved = permutation.filter((axis) => x.type.shape[axis] !== 1);
  const ordered = moved.every((axis, at) => at === 0 || (moved[at - 1] as number) < axis);
  return ordered ? b.reshape(x, type.shape) : undefined;
};

/**
 * reshape(transpose(x)) → transpose(reshape(x)), where the axes that are merged lie side by side in x too. Axes of size
 * 1 play no part: they are taken away first and put last, from where the new transpose fetches them.
 */
export const reshapeOfTranspose: Rule<ReshapeNode> = ({ operands: [inner], type }, b) => {
  if (inner.kind !== 'transpose') return undefined;
  const [x] = inner.operands;
  const groups = axisGroups(inner.type.shape, type.shape);
  const present = x.type.shape.flatMap((side, axis) => (side === 1 ? [] : [axis]));
  const inOperand = groups
    ?.filter(({ from, to }) => from.length > 0 && to.length > 0)
    .map(({ from, to }) => ({
      to,
      places: from.map((axis) => present.indexOf(inner.permutation[axis] as number)),
    }));
  const adjacent = inOperand?.every(({ places }) =>
    places.every((at, i) => at === (places[0] as number) + i),
  );
  if (inOperand === undefined || !adjacent) return undefined;
  const order = inOperand
    .toSorted((a, c) => (a.places[0] as number) - (c.places[0] as number))
    .flatMap(({ to }) => to);
  const ones = type.shape.flatMap((_, axis) => (order.includes(axis) ? [] : [axis]));
  const axes = [...order, ...ones];
  const reshaped = b.reshape(
    x,
    axes.map((axis) => type.shape[axis] as number),
  );
  return b.transpose(reshaped, inverse(axes));
};

/** reduce(transpose(x)) → transpose(reduce(x)) */
export const reduceOfTranspose: Rule<ReduceNode> = ({ operands: [inner], op, axes }, b) => {
  if (inner.kind !== 'transpose') return undefined;
  const { permutation } = inner;
  const reduced = axes.map((axis) => permutation[axis] as number);
  const kept = permutation.filter((_, axis) => !axes.includes(axis));
  return b.transpose(b.reduce(op, inner.operands[0], reduced), ranks(kept));
};

/** For distinct numbers, the place of each among them in order. */
const ranks = (numbers: readonly number[]): number[] => {
  const sorted = numbers.toSorted((a, c) => a - c);
  return numbers.map((number) => sorted.indexOf(number));
};

/** argExtreme(transpose(x)) → transpose(argExtreme(x)) */
export const argExtremeOfTranspose: Rule<ArgExtremeNode> = ({ operands: [inner], op, axis }, b) => {
  if (inner.kind !== 'transpose') return undefined;
  const { permutation } = inner;
  const result = b.argExtreme(op, inner.operands[0], permutation[axis] as number);
  return b.transpose(result, ranks(permutation.toSpliced(axis, 1)));
};

/** cumulativeSum(transpose(x)) → transpose(cumulativeSum(x)) */
export const cumulativeSumOfTranspose: Rule<CumulativeSumNode> = (node, b) => {
  const [inner] = node.operands;
  if (inner.kind !== 'transpose') return undefined;
  const axis = inner.permutation[node.axis] as number;
  const sum = b.cumulativeSum(inner.operands[0], axis, node.exclusive, node.reverse);
  return b.transpose(sum, inner.permutation);
};

/** slice(transpose(x)) → transpose(slice(x)) */
export const sliceOfTranspose: Rule<SliceNode> = ({ operands: [inner], begin, strides, type }, b) => {
  if (inner.kind !== 'transpose') return undefined;
  const back = inverse(inner.permutation);
  const before = (values: readonly number[]): number[] => back.map((axis) => values[axis] as number);
  const slice = b.slice(inner.operands[0], before(begin), before(type.shape), before(strides));
  return b.transpose(slice, inner.permutation);
};

/** pad(transpose(x)) → transpose(pad(x)) */
export const padOfTranspose: Rule<PadNode> = ({ operands: [inner], before, after, value }, b) => {
  if (inner.kind !== 'transpose') return undefined;
  const back = inverse(inner.permutation);
  const rows = (values: readonly number[]): number[] => back.map((axis) => values[axis] as number);
  return b.transpose(b.pad(inner.operands[0], rows(before), rows(after), value), inner.permutation);
};

/** concat(transpose(x), transpose(y), …) → transpose(concat(x, y, …)) */
export const concatOfTransposes: Rule<ConcatNode> = ({ operands, axis }, b) => {
  const transposes = operands.filter((operand) => operand.kind === 'transpose');
  const [first] = transposes;
  if (first === undefined) return undefined;
  const { permutation } = first;
  const same = transposes.every((other) => sameShape(other.permutation, permutation));
  const rest =
    transposes.length === operands.length || transposes.some(({ operands: [x] }) => !nearInputs(x));
  const fits = operands.every((operand) => operand.kind === 'transpose' || nearInputs(operand));
  if (!same || !rest || !fits) return undefined;
  const back = inverse(permutation);
  const parts = operands.map((operand) => b.transpose(operand, back));
  return b.transpose(b.concat(parts, permutation[axis] as number), permutation);
};

/** gather(transpose(x), i) → transpose(gather(x, i)), unless that is larger than x. */
export const gatherOfTranspose: Rule<GatherNode> = (node, b) => {
  const [inner, indices] = node.operands;
  if (inner.kind !== 'transpose' || sizeOfNode(node) > sizeOfNode(inner)) return undefined;
  const { permutation } = inner;
  const axis = permutation[node.axis] as number;
  const added = indices.type.shape.length;
  const result = permutation.flatMap((from, at) => {
    if (at === node.axis) return indices.type.shape.map((_, index) => axis + index);
    return [from < axis ? from : from + added - 1];
  });
  return b.transpose(b.gather(inner.operands[0], indices, axis), result);
};
