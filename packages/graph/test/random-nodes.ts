// How a random graph gets one more node of each kind: operands that fit are looked for among the nodes there are, or
// made. Undefined where none fit.
import type { BinaryOp, Kind, Node, ReduceOp, UnaryOp } from '../src/ir/node.ts';
import type { DType } from '../src/ir/value-type.ts';
import type { Window2d } from '../src/ir/window.ts';
import type { Soil } from './random-graph.ts';

type Grow = (soil: Soil) => Node | undefined;

const isFloat = (node: Node): boolean => node.type.dtype === 'float32';
const rankOf = (node: Node): number => node.type.shape.length;
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

const MOST_ELEMENTS = 400;

/** Small multiples of 1/4 in no order. */
const numbers = (soil: Soil, length: number): Float32Array => {
  const [start, step] = [soil.draw(17), 1 + soil.draw(16)];
  return Float32Array.from({ length }, (_, i) => ((start + i * step + ((i * i) % 5)) % 17) / 4 - 2);
};

const constantOf = (soil: Soil, shape: readonly number[], dtype: DType): Node => {
  const size = sizeOf(shape);
  if (soil.draw(3) === 0) return soil.b.fill(soil.choose([0, 1, -1, 2, 0.5, -0.25]), shape, dtype);
  const data = numbers(soil, size);
  if (dtype === 'float32') return soil.b.constant(data, shape);
  return dtype === 'int32'
    ? soil.b.constant(Int32Array.from(data), shape)
    : soil.b.constant(
        Uint8Array.from(data, (x) => Number(x > 0)),
        shape,
        'bool',
      );
};

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
  const split = shape.flatMap((side) => (side % 2 === 0 && soil.draw(2) === 0 ? [2, side / 2] : [side]));
  const merged = split.reduce<number[]>((sides, side) => {
    const last = sides.at(-1);
    return last !== undefined && soil.draw(3) === 0 ? sides.with(-1, last * side) : [...sides, side];
  }, []);
  const without = merged.filter((side) => side !== 1 || soil.draw(2) === 0);
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
    `${node.type.dtype}${rankOf(node)}:${node.type.shape.toSpliced(axis, 1)}`;
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

const isImage = (node: Node): boolean => isFloat(node) && rankOf(node) === 4;

/** A window over two sides, with strides, padding, and dilations where `dilated`. */
const windowOver = (soil: Soil, input: readonly [number, number], dilated: boolean): Window2d => {
  const axes = input.map((side) => {
    const size = 1 + soil.draw(Math.min(3, side));
    const dilation = dilated && (size - 1) * 2 < side ? 1 + soil.draw(2) : 1;
    const stride = 1 + soil.draw(2);
    const [before, after] = [soil.draw(size), soil.draw(size)];
    const output = Math.floor((side + before + after - (size - 1) * dilation - 1) / stride) + 1;
    return { size, dilation, stride, before, after, output };
  }) as [Axis, Axis];
  const [rows, columns] = axes;
  const pair = (of: keyof Axis): [number, number] => [rows[of], columns[of]];
  return {
    size: pair('size'),
    strides: pair('stride'),
    dilations: pair('dilation'),
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    input,
    output: pair('output'),
  };
};

type Axis = Record<'after' | 'before' | 'dilation' | 'output' | 'size' | 'stride', number>;

/** An image and a window over it. */
const imageAndWindow = (soil: Soil, dilated: boolean): readonly [x: Node, window: Window2d] => {
  const x = soil.find(isImage) as Node;
  return [x, windowOver(soil, x.type.shape.slice(1, 3) as [number, number], dilated)];
};

/** Another image of this shape, found or made. */
const imageOf = (soil: Soil, shape: readonly number[]): Node =>
  soil.find((node) => isImage(node) && String(node.type.shape) === String(shape)) ??
  soil.b.constant(numbers(soil, sizeOf(shape)), shape);

const convolution =
  (make: (soil: Soil, x: Node, dy: Node, filter: Node, window: Window2d) => Node): Grow =>
  (soil) => {
    const [x, window] = imageAndWindow(soil, true);
    const [images, , , channels] = x.type.shape as [number, number, number, number];
    const filter = constantOf(soil, [...window.size, channels, 2], 'float32');
    return make(soil, x, imageOf(soil, [images, ...window.output, 2]), filter, window);
  };

const crossCorrelation: Grow = (soil) => {
  const x = soil.find((node) => isFloat(node) && rankOf(node) >= 3) as Node;
  const [, channels, ...input] = x.type.shape as [number, number, ...number[]];
  const size = input.map((side) => 1 + soil.draw(Math.min(2, side)));
  const each = (values: readonly number[]): number[] => input.map(() => soil.choose(values));
  const filter = constantOf(soil, [2, channels, ...size], 'float32');
  const dilations = input.map((side, axis) =>
    (size[axis] as number) * 2 - 1 <= side ? 1 + soil.draw(2) : 1,
  );
  return soil.b.make({
    kind: 'crossCorrelation',
    operands: [x, filter],
    strides: each([1, 2]),
    dilations,
    before: each([0, 1]),
    after: each([0, 1]),
  });
};

const ofImage =
  (make: (soil: Soil, x: Node, dy: Node, window: Window2d) => Node | undefined): Grow =>
  (soil) => {
    const [x, window] = imageAndWindow(soil, false);
    const [images, , , channels] = x.type.shape as [number, number, number, number];
    return make(soil, x, imageOf(soil, [images, ...window.output, channels]), window);
  };

/** One row a kind. */
export const GROW: Readonly<Record<Kind, Grow>> = {
  argExtreme,
  averagePool2dGradient: ofImage((soil, _, dy, window) => soil.b.averagePool2dGradient(dy, window)),
  binary,
  broadcast: (soil) => {
    const x = soil.find((node) => sizeOf(node.type.shape) < MOST_ELEMENTS / 3 && rankOf(node) < 5) as Node;
    const sides = x.type.shape.map((side) => (side === 1 ? 1 + soil.draw(3) : side));
    return soil.b.broadcast(x, soil.draw(2) === 0 ? [2, ...sides] : sides);
  },
  cast,
  concat,
  constant: (soil) => constantOf(soil, soil.choose([[4], [3, 4], [2, 3, 1], [2, 4, 4, 2]]), 'float32'),
  conv2d: convolution((soil, x, _, filter, window) => soil.b.conv2d(x, filter, window)),
  conv2dFilterGradient: convolution((soil, x, dy, _, window) => soil.b.conv2dFilterGradient(x, dy, window)),
  conv2dInputGradient: convolution((soil, _, dy, filter, window) =>
    soil.b.conv2dInputGradient(dy, filter, window),
  ),
  crossCorrelation,
  cumulativeSum,
  fill: (soil) => soil.b.fill(soil.choose([0, 1, 2, -0.5]), soil.choose([[], [3, 4], [2, 4, 4, 2]])),
  gather,
  input: (soil) => soil.find((node) => node.kind === 'input'),
  matMul,
  maxPool2dGradient: ofImage((soil, x, dy, window) =>
    soil.isExact(x) ? soil.b.maxPool2dGradient(dy, x, window) : undefined,
  ),
  oneHot,
  pad,
  pool2d: ofImage((soil, x, _, window) => soil.b.pool2d(soil.choose(['average', 'max']), x, window)),
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
