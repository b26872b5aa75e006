// Zeros around an image that the operator behind them can make itself.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import { uniform } from '../simplify/shapes.ts';
import type { Absorbing } from './absorbing-rule.ts';

interface Zeros {
  readonly image: Node;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The zeros around images `[N, C, …]`: how many before and after along each spatial axis. */
const zerosAround = (node: Node, b: Builder): Zeros | undefined => {
  const pad = padded(node, b);
  if (pad?.kind !== 'pad' || pad.value !== 0) return undefined;
  const { before, after, operands } = pad;
  const spatial = [0, 1].every((axis) => before[axis] === 0 && after[axis] === 0);
  if (!spatial || [...before, ...after].some((side) => side < 0)) return undefined;
  return { image: operands[0], before: before.slice(2), after: after.slice(2) };
};

/** transpose(pad(x)) → pad(transpose(x)). Of one channel, the transposition from `[N, H, W, 1]` is a reshape. */
const padded = (node: Node, b: Builder): Node | undefined => {
  const [pad] = node.operands;
  if (pad?.kind !== 'pad') return node;
  const [n = 0, h = 0, w = 0, c] = pad.type.shape;
  const oneChannel = node.kind === 'reshape' && c === 1 && sameShape(node.type.shape, [n, 1, h, w]);
  const order = node.kind === 'transpose' ? node.permutation : oneChannel ? [0, 3, 1, 2] : undefined;
  if (order === undefined) return node;
  const moved = (sides: readonly number[]): number[] => order.map((axis) => sides[axis] as number);
  const [x] = pad.operands;
  const image = oneChannel ? b.reshape(x, moved(x.type.shape)) : b.transpose(x, order);
  return b.pad(image, moved(pad.before), moved(pad.after), pad.value);
};

const sum = (a: readonly number[], c: readonly number[]): number[] =>
  a.map((value, at) => value + (c[at] as number));

/** pad(x) ∗ W → x ∗ W with padding */
export const paddedCorrelation = (node: Node, { b }: Absorbing): Node | undefined => {
  if (node.kind !== 'crossCorrelation') return undefined;
  const pad = zerosAround(node.operands[0], b);
  if (pad === undefined) return undefined;
  const { kind, strides, dilations, before, after, operands } = node;
  return b.make({
    kind,
    operands: [pad.image, operands[1]],
    strides,
    dilations,
    before: sum(before, pad.before),
    after: sum(after, pad.after),
  });
};

/** Rounding of the factors that the step was written with. */
const TOLERANCE = 1e-6;

/**
 * mean(pad(x)) · c → mean of what lies inside, where c makes up for the zeros: how a mean that counts only the image is
 * written with operations that count everything.
 */
export const averageWithPadding = (node: Node, { b }: Absorbing): Node | undefined => {
  if (node.kind !== 'binary' || node.op !== 'mul') return undefined;
  const [pool, correction] = node.operands[0].kind === 'pool' ? node.operands : node.operands.toReversed();
  if (pool?.kind !== 'pool' || pool.op !== 'average' || correction === undefined) return undefined;
  const pad = zerosAround(pool.operands[0], b);
  const within = pad !== undefined && [...pool.before, ...pool.after].every((side) => side === 0);
  const fits =
    within && [pad.before, pad.after].every((at) => at.every((side, i) => side < (pool.size[i] ?? 0)));
  if (!fits) return undefined;
  const input = pad.image.type.shape.slice(2);
  const output = pool.type.shape.slice(2);
  const counts = output.map((side, axis) => {
    const taps = pool.size[axis] as number;
    return Array.from({ length: side }, (_, at) => {
      const start = at * (pool.strides[axis] as number) - (pad.before[axis] as number);
      return taps / (Math.min(start + taps, input[axis] as number) - Math.max(start, 0));
    });
  });
  const factors = counts.reduce<number[]>(
    (all, along) => all.flatMap((factor) => along.map((value) => factor * value)),
    [1],
  );
  if (!says(correction, factors, output)) return undefined;
  const { kind, op, size, strides } = pool;
  const { before, after } = pad;
  return b.make({ kind, op, operands: [pad.image], size, strides, before, after });
};

/** Whether a constant of shape `[…1, rows, columns]` holds these numbers. */
const says = (node: Node, numbers: readonly number[], sides: readonly number[]): boolean => {
  const value = uniform(node);
  if (value !== undefined) return numbers.every((number) => Math.abs(number - value) <= TOLERANCE * number);
  if (node.kind !== 'constant' || node.data.length !== numbers.length) return false;
  const spatial = node.type.shape.slice(-sides.length).every((side, axis) => side === sides[axis]);
  const { data } = node;
  return spatial && numbers.every((number, at) => Math.abs(number - (data[at] ?? 0)) <= TOLERANCE * number);
};
