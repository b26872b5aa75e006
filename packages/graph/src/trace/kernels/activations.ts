// Activation functions, their gradients where TensorFlow.js has kernels for them, and those that are fused into
// products and convolutions.
import type { ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import { unsupportedKernel } from '../../errors.ts';
import { kernel, ofOne, type Kernels } from '../kernel.ts';
import { inFloat, like } from './numbers.ts';

const relu6 = (b: Builder, x: Node): Node => b.binary('min', b.unary('relu', x), like(b, x, 6));

const prelu = (b: Builder, x: Node, alpha: Node): Node =>
  b.select(b.binary('less', x, b.scalar(0)), b.binary('mul', alpha, x), x);

/** For slopes up to 1 the larger of x and αx. */
const leakyRelu = (b: Builder, x: Node, alpha: number): Node =>
  alpha >= 0 && alpha <= 1
    ? b.binary('max', x, b.binary('mul', x, b.scalar(alpha)))
    : prelu(b, x, b.scalar(alpha));

export const ACTIVATIONS: Kernels = {
  ClipByValue: ofOne<ClipByValueAttrs>((b, x, { clipValueMin, clipValueMax }) =>
    b.binary('min', b.binary('max', x, like(b, x, clipValueMin)), like(b, x, clipValueMax)),
  ),
  Elu: ofOne((b, x) => inFloat(b, x, (float) => b.unary('elu', float))),
  // y is the output of elu: its slope is 1 where y ≥ 0, else y + 1.
  EluGrad: kernel<{ dy: Node; y: Node }>((b, { dy, y }) =>
    b.binary('mul', dy, b.binary('add', b.binary('min', y, b.scalar(0)), b.scalar(1))),
  ),
  LeakyRelu: ofOne<LeakyReluAttrs>((b, x, { alpha }) => leakyRelu(b, b.cast(x, 'float32'), alpha)),
  Prelu: kernel<{ x: Node; alpha: Node }>((b, { x, alpha }) =>
    prelu(b, b.cast(x, 'float32'), b.cast(alpha, 'float32')),
  ),
  Relu: ofOne((b, x) => b.unary('relu', x)),
  Relu6: ofOne(relu6),
  Selu: ofOne((b, x) => inFloat(b, x, (float) => b.unary('selu', float))),
  Sigmoid: ofOne((b, x) => inFloat(b, x, (float) => b.unary('sigmoid', float))),
  Softplus: ofOne((b, x) => inFloat(b, x, (float) => b.unary('softplus', float))),
  Step: ofOne<StepAttrs>((b, x, { alpha }) =>
    alpha === 0
      ? b.unary('step', x)
      : b.select(b.binary('greater', x, like(b, x, 0)), like(b, x, 1), like(b, x, alpha)),
  ),
};

/** What fused kernels apply to their sums. */
export interface FusedActivation {
  readonly activation?: string | null;
  readonly leakyreluAlpha?: number;
}

interface Slopes {
  readonly leakyreluAlpha?: number;
  readonly weights?: Node | undefined;
}

const FUSED: Readonly<Record<string, (b: Builder, x: Node, slopes: Slopes) => Node>> = {
  elu: (b, x) => b.unary('elu', x),
  leakyrelu: (b, x, { leakyreluAlpha = 0.2 }) => leakyRelu(b, x, leakyreluAlpha),
  linear: (_, x) => x,
  prelu: (b, x, { weights = b.scalar(0) }) => prelu(b, x, weights),
  relu: (b, x) => b.unary('relu', x),
  relu6,
  sigmoid: (b, x) => b.unary('sigmoid', x),
};

/** @throws GRAPH_UNSUPPORTED_KERNEL for an activation that is not known */
export const activated = (
  b: Builder,
  x: Node,
  { activation, ...slopes }: FusedActivation,
  weights: Node | undefined,
): Node => {
  const name = activation ?? 'linear';
  const apply = FUSED[name];
  if (apply === undefined) throw unsupportedKernel(`fused activation ${name}`);
  return apply(b, x, { ...slopes, weights });
};
