// How a random graph gets one more node of each kind: operands that fit are looked for among the nodes there are, or
// made. Undefined where none fit.
import type { Kind, Node } from '../src/ir/node.ts';
import type { BinaryOp, ReduceOp, UnaryOp } from '../src/ir/op-names.ts';
import type { DType } from '../src/ir/value-type.ts';
import type { Soil } from './random-graph.ts';
import { constantOf, isFloat, MOST_ELEMENTS, rankOf, sizeOf, type Grow } from './random-operands.ts';
import {
  averagePool2dGradient,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  crossCorrelation,
  maxPool2dGradient,
  pool,
  pool2d,
} from './random-spatial.ts';

/** A node to go with another one: of its shape, or one that broadcasts to it, found or made. */
const companion = (soil: Soil, { type }: Node): Node => {
  const rank = type.shape.length;
  const kept = soil.draw(2) === 0 ? 2 ** rank - 1 : soil.draw(2 ** rank);
  const sides = type.shape.map((side, axis) => ((kept >> axis) & 1 ? side : 1));
  const shape = soil.draw(2) === 0 ? sides : sides.slice(soil.draw(rank + 1));
  const found = soil.find(
    (node) => node.type.dtype === type.dtype && String(node.type.shape) === String(shape) && soil.draw(4) > 0,
  );
  return found ?? constantOf(soil, shape, type.dtype);
};

/** One of a pair first or second. */
const shuffled = (soil: Soil, a: Node, b: Node): readonly [Node, Node] =>
  soil.draw(2) === 0 ? [a, b] : [b, a];

const UNARY_ANY: readonly UnaryOp[] = [
  'neg',
  'abs',
  'relu',
  'square',
  'sigmoid',
  'tanh',
  'sin',
  'cos',
  'erf',
];
const UNARY_SMOOTH: readonly UnaryOp[] = ['elu', 'selu', 'softplus', 'exp', 'expm1', 'neg', 'relu', 'square'];
const UNARY_POSITIVE: readonly UnaryOp[] = ['log', 'log1p', 'reciprocal', 'rsqrt', 'sqrt'];
const UNARY_EXACT: readonly UnaryOp[] = [
  'ceil',
  'floor',
  'round',
  'sign',
  'step',
  'isNaN',
  'isFinite',
  'isInf',
];

/** |x| + 1 */
const positive = ({ b }: Soil, x: Node): Node =>
  b.binary('add', b.unary('abs', x), b.scalar(1, x.type.dtype));

const unary: Grow = (soil) => {
  const bool = soil.draw(6) === 0 ? soil.find((node) => node.type.dtype === 'bool') : undefined;
  if (bool !== undefined) return soil.b.unary('logicalNot', bool);
  const found = soil.find(isFloat) as Node;
  const x = soil.draw(4) === 0 ? positive(soil, found) : found;
  const isPositive = soil.values(x).every((value) => value > 0.1);
  const isSmall = soil.values(x).every((value) => Math.abs(value) < 1);
  const ops = [
    ...UNARY_ANY,
    ...UNARY_SMOOTH,
    ...(isPositive ? UNARY_POSITIVE : []),
    ...(isSmall ? (['tan'] as const) : []),
    ...(soil.isExact(x) ? UNARY_EXACT : []),
  ];
  return soil.b.unary(soil.choose(ops), x);
};

const ARITHMETIC: readonly BinaryOp[] = ['add', 'sub', 'mul', 'max', 'min', 'add', 'mul'];
const COMPARISONS: readonly BinaryOp[] = [
  'equal',
  'greater',
  'greaterEqual',
  'less',
  'lessEqual',
  'notEqual',
];

const binary: Grow = (soil) => {
  const found = soil.find(() => true) as Node;
  const x = soil.draw(4) === 0 && isFloat(found) ? positive(soil, found) : found;
  const [first, second] = shuffled(soil, x, companion(soil, x));
  if (x.type.dtype === 'bool') return soil.b.binary(soil.choose(['logicalAnd', 'logicalOr']), first, second);
  const ops = [...ARITHMETIC];
  const away = soil.values(second).every((value) => Math.abs(value) > 0.1);
  if (soil.isExact(first) && soil.isExact(second)) {
    ops.push(...COMPARISONS);
    if (away) ops.push('floorDiv', 'mod');
  }
  if (isFloat(x)) {
    if (away) ops.push('div', 'div');
    if (soil.values(second).every((value) => value > 0.1)) ops.push('atan2');
    if (soil.values(first).every((value) => value > 0.1)) ops.push('pow', 'pow');
  }
  return soil.b.binary(soil.choose(ops), first, second);
};

const select: Grow = (soil) => {
  const condition = soil.find((node) => node.type.dtype === 'bool');
  if (condition === undefined) return undefined;
  const same = soil.find((node) => isFloat(node) && String(node.type.shape) === String(condition.type.shape));
  const x = same ?? constantOf(soil, condition.type.shape, 'float32');
  return soil.b.select(condition, ...shuffled(soil, x, companion(soil, x)));
};

const cast: Grow = (soil) => {
  const x = soil.find((node) => !isFloat(node) || soil.isExact(node)) as Node;
  return soil.b.cast(x, soil.choose<DType>(['float32', 'int32', 'bool']));
};

const axesOf = (soil: Soil, node: Node): number[] => {
  const chosen = 1 + soil.draw(2 ** rankOf(node) - 1);
  return node.type.shape.flatMap((_, axis) => ((chosen >> axis) & 1 ? [axis] : []));
};

const reduce: Grow = (soil) => {
  const x = soil.find((node) => rankOf(node) > 0) as Node;
  const ops: readonly ReduceOp[] = isFloat(x)
    ? ['sum', 'mean', 'max', 'min', 'sum', 'prod']
    : x.type.dtype === 'int32'
      ? ['sum', 'max', 'min']
      : ['all', 'any'];
  return soil.b.reduce(soil.choose(ops), x, axesOf(soil, x));
};

const shuffle = (soil: Soil, rank: number): number[] => {
  const rest = Array.from({ length: rank }, (_, axis) => axis);
  return Array.from({ length: rank }, () => rest.splice(soil.draw(rest.length), 1)[0] as number);
};

/** A shape of as many elements: sides split into factors, merged with their neighbours, ones put in. */
const otherShape = (soil: Soil, shape: readonly number[]): number[] => {
  const sides: number[] = [];
  for (const side of shape.flatMap((x) => (x % 2 === 0 && soil.draw(2) === 0 ? [2, x / 2] : [x]))) {
    const merges = sides.length > 0 && soil.draw(3) === 0;
    sides.push(merges ? (sides.pop() as number) * side : side);
  }
  const without = sides.filter((side) => side !== 1 || soil.draw(2) === 0);
  return soil.draw(3) === 0 ? without.toSpliced(soil.draw(without.length + 1), 0, 1) : without;
};

const matMul: Grow = (soil) => {
  const a = soil.find((node) => isFloat(node) && rankOf(node) >= 2);
  if (a === undefined) return undefined;
  const [transposeA, transposeB] = [soil.draw(2) === 0, soil.draw(2) === 0];
  const inner = a.type.shape.at(transposeA ? -2 : -1) as number;
  const fitting = soil.find(
    (node) =>
      isFloat(node) &&
      (rankOf(node) === 2 ||
        (rankOf(node) > 2 && String(node.type.shape.slice(0, -2)) === String(a.type.shape.slice(0, -2)))) &&
      node.type.shape.at(transposeB ? -1 : -2) === inner,
  );
  const shape = transposeB ? [2, inner] : [inner, 2];
  return soil.b.matMul(a, fitting ?? constantOf(soil, shape, 'float32'), transposeA, transposeB);
};

const slice: Grow = (soil) => {
  const x = soil.find((node) => rankOf(node) > 0) as Node;
  const parts = x.type.shape.map((side) => {
    const begin = soil.draw(side);
    const stride = soil.choose([1, 1, 1, 2, -1]);
    const room = stride > 0 ? Math.ceil((side - begin) / stride) : begin + 1;
    return { begin, stride, size: soil.draw(2) === 0 ? room : 1 + soil.draw(room) };
  });
  return soil.b.slice(
    x,
    parts.map(({ begin }) => begin),
    parts.map(({ size }) => size),
    parts.map(({ stride }) => stride),
  );
};

const concat: Grow = (soil) => {
  const x = soil.find((node) => rankOf(node) > 0) as Node;
  const axis = soil.draw(rankOf(x));
  const outline = (node: Node): string =>
    `${node.type.dtype}${rankOf(node)}:${node.type.shape.toSpliced(axis, 1).join()}`;
  const fits = (node: Node): boolean => outline(node) === outline(x);
  return soil.b.concat([x, soil.find(fits) ?? x, soil.find(fits) ?? x].slice(0, 2 + soil.draw(2)), axis);
};

const pad: Grow = (soil) => {
  const x = soil.find(isFloat) as Node;
  const rows = (): number[] => x.type.shape.map(() => soil.choose([0, 0, 1, 2]));
  return soil.b.pad(x, rows(), rows(), soil.choose([0, 0, 1]));
};

/** Valid positions along an axis of this side. */
const indicesFor = (soil: Soil, side: number): Node => {
  const shape = soil.choose([[2], [3], [2, 2], []]);
  const found = soil.find(
    (node) =>
      node.type.dtype === 'int32' &&
      rankOf(node) < 3 &&
      soil.values(node).every((index) => index >= 0 && index < side),
  );
  const data = Int32Array.from({ length: sizeOf(shape) }, () => soil.draw(side));
  return soil.draw(2) === 0 && found !== undefined ? found : soil.b.constant(data, shape);
};

const gather: Grow = (soil) => {
  const x = soil.find((node) => rankOf(node) > 0) as Node;
  const axis = soil.draw(rankOf(x));
  return soil.b.gather(x, indicesFor(soil, x.type.shape[axis] as number), axis);
};

const segmentSum: Grow = (soil) => {
  const x = soil.find((node) => isFloat(node) && rankOf(node) > 0) as Node;
  const rows = x.type.shape[0] as number;
  const indices = soil.b.constant(
    Int32Array.from({ length: rows }, () => soil.draw(4)),
    [rows],
  );
  return soil.b.segmentSum(x, indices, 3);
};

const oneHot: Grow = (soil) => {
  const indices = soil.find((node) => node.type.dtype === 'int32' && rankOf(node) < 3) as Node;
  return soil.b.oneHot(indices, 3, soil.choose([1, 2]), soil.choose([0, -1]));
};

const cumulativeSum: Grow = (soil) => {
  const x = soil.find((node) => isFloat(node) && rankOf(node) > 0) as Node;
  return soil.b.cumulativeSum(x, soil.draw(rankOf(x)), soil.draw(2) === 0, soil.draw(2) === 0);
};

const argExtreme: Grow = (soil) => {
  const x = soil.find((node) => isFloat(node) && rankOf(node) > 0 && soil.isExact(node)) as Node;
  return soil.b.argExtreme(soil.choose(['max', 'min']), x, soil.draw(rankOf(x)));
};

/** One row a kind. */
export const GROW: Readonly<Record<Kind, Grow>> = {
  argExtreme,
  averagePool2dGradient,
  binary,
  broadcast: (soil) => {
    const x = soil.find((node) => sizeOf(node.type.shape) < MOST_ELEMENTS / 3 && rankOf(node) < 5) as Node;
    const sides = x.type.shape.map((side) => (side === 1 ? 1 + soil.draw(3) : side));
    return soil.b.broadcast(x, soil.draw(2) === 0 ? [2, ...sides] : sides);
  },
  cast,
  concat,
  constant: (soil) => constantOf(soil, soil.choose([[4], [3, 4], [2, 3, 1], [2, 4, 4, 2]]), 'float32'),
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  crossCorrelation,
  cumulativeSum,
  fill: (soil) => soil.b.fill(soil.choose([0, 1, 2, -0.5]), soil.choose([[], [3, 4], [2, 4, 4, 2]])),
  gather,
  input: (soil) => soil.find((node) => node.kind === 'input'),
  matMul,
  maxPool2dGradient,
  oneHot,
  pad,
  pool,
  pool2d,
  reduce,
  reshape: (soil) => {
    const x = soil.find(() => true) as Node;
    return soil.b.reshape(x, otherShape(soil, x.type.shape));
  },
  segmentSum,
  select,
  slice,
  transpose: (soil) => {
    const x = soil.find((node) => rankOf(node) >= 2) as Node;
    return soil.b.transpose(x, shuffle(soil, rankOf(x)));
  },
  unary,
};

const INEXACT: ReadonlySet<string> = new Set<BinaryOp | UnaryOp | ReduceOp | 'average'>([
  ...UNARY_POSITIVE,
  ...(['atan2', 'cos', 'div', 'elu', 'erf', 'exp', 'expm1', 'mean', 'pow', 'selu', 'sigmoid'] as const),
  ...(['sin', 'softplus', 'tan', 'tanh', 'average'] as const),
]);

/** Whether exact operands give an exact result, if it is a multiple of 1/256. */
export const isExactKind = (node: Node): boolean =>
  node.kind !== 'averagePool2dGradient' && !('op' in node && INEXACT.has(node.op));
