// Nodes over images `[N, H, W, C]`: convolutions, pools and their gradients, as TensorFlow.js has them. They say nothing
// of how the numbers lie in memory, and leave the graph when a layout is chosen.
import type { Node, Typed } from './node.ts';
import type { Window2d } from './window.ts';

/** Cross-correlation of x `[N, H, W, C]` with filter `[kh, kw, C, O]` → `[N, OH, OW, O]`. */
export interface Conv2dNode extends Typed<'conv2d', readonly [x: Node, filter: Node]> {
  readonly window: Window2d;
}

/** Gradient of conv2d in x, for dy `[N, OH, OW, O]` and the filter. */
export interface Conv2dInputGradientNode extends Typed<
  'conv2dInputGradient',
  readonly [dy: Node, filter: Node]
> {
  readonly window: Window2d;
}

/** Gradient of conv2d in the filter, for x and dy. */
export interface Conv2dFilterGradientNode extends Typed<
  'conv2dFilterGradient',
  readonly [x: Node, dy: Node]
> {
  readonly window: Window2d;
}

/** Extreme or mean of the elements inside each window (padding does not count), x `[N, H, W, C]`. */
export interface Pool2dNode extends Typed<'pool2d', readonly [x: Node]> {
  readonly op: 'average' | 'max';
  readonly window: Window2d;
}

/** Gradient of a max pool in x: each dy goes to the first greatest element of its window, by rows. */
export interface MaxPool2dGradientNode extends Typed<'maxPool2dGradient', readonly [dy: Node, x: Node]> {
  readonly window: Window2d;
}

/** Gradient of an average pool in x: each dy is shared by the elements of its window that lie inside x. */
export interface AveragePool2dGradientNode extends Typed<'averagePool2dGradient', readonly [dy: Node]> {
  readonly window: Window2d;
}
