// How a random graph gets convolutions, pools and their gradients.
import type { Node } from '../src/ir/node.ts';
import type { Window2d } from '../src/ir/window.ts';
import type { Soil } from './random-graph.ts';
import { constantOf, isFloat, numbers, rankOf, sizeOf, type Grow } from './random-operands.ts';

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

export const crossCorrelation: Grow = (soil) => {
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

export const pool: Grow = (soil) => {
  const x = soil.find((node) => isFloat(node) && rankOf(node) >= 3 && rankOf(node) <= 4) as Node;
  const size = x.type.shape.slice(2).map((side) => 1 + soil.draw(Math.min(3, side)));
  const side = (): number[] => size.map((taps) => soil.draw(taps));
  return soil.b.make({
    kind: 'pool',
    op: soil.choose(['average', 'max']),
    operands: [x],
    size,
    strides: size.map(() => 1 + soil.draw(2)),
    before: side(),
    after: side(),
  });
};

const ofImage =
  (make: (soil: Soil, x: Node, dy: Node, window: Window2d) => Node | undefined): Grow =>
  (soil) => {
    const [x, window] = imageAndWindow(soil, false);
    const [images, , , channels] = x.type.shape as [number, number, number, number];
    return make(soil, x, imageOf(soil, [images, ...window.output, channels]), window);
  };

export const averagePool2dGradient: Grow = ofImage((soil, _, dy, window) =>
  soil.b.averagePool2dGradient(dy, window),
);

export const conv2d: Grow = convolution((soil, x, _, filter, window) => soil.b.conv2d(x, filter, window));

export const conv2dFilterGradient: Grow = convolution((soil, x, dy, _, window) =>
  soil.b.conv2dFilterGradient(x, dy, window),
);

export const conv2dInputGradient: Grow = convolution((soil, _, dy, filter, window) =>
  soil.b.conv2dInputGradient(dy, filter, window),
);

export const maxPool2dGradient: Grow = ofImage((soil, x, dy, window) =>
  soil.isExact(x) ? soil.b.maxPool2dGradient(dy, x, window) : undefined,
);

export const pool2d: Grow = ofImage((soil, x, _, window) =>
  soil.b.pool2d(soil.choose(['average', 'max']), x, window),
);
