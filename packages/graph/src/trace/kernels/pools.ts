// Pools over two spatial axes, and batch normalization.
import { backend_util } from '@tensorflow/tfjs-core';
import type { FusedBatchNormAttrs, MaxPoolAttrs } from '@tensorflow/tfjs-core';
import type { Node } from '../../ir/node.ts';
import type { Pool2dNode } from '../../ir/spatial-nodes.ts';
import { kernel, ofOne, type Kernel, type Kernels } from '../kernel.ts';
import { sidesOf, windowOf } from './windows.ts';

const geometry = (
  { type }: Node,
  { filterSize, strides, pad, dimRoundingMode }: MaxPoolAttrs,
): backend_util.Conv2DInfo =>
  backend_util.computePool2DInfo(
    [...type.shape] as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );

const pool = (op: Pool2dNode['op']): Kernel =>
  ofOne<MaxPoolAttrs>((b, x, attributes) => b.pool2d(op, x, windowOf(geometry(x, attributes))));

export const POOLS: Kernels = {
  AvgPool: pool('average'),
  AvgPoolGrad: kernel<{ dy: Node; input: Node }, MaxPoolAttrs>((b, { dy, input }, attributes) =>
    b.averagePool2dGradient(dy, windowOf(geometry(input, attributes), sidesOf(dy))),
  ),
  FusedBatchNorm: kernel<
    { x: Node; mean: Node; variance: Node; offset?: Node; scale?: Node },
    FusedBatchNormAttrs
  >((b, { x, mean, variance, offset, scale }, { varianceEpsilon }) => {
    const deviation = b.unary('rsqrt', b.binary('add', variance, b.scalar(varianceEpsilon)));
    const factor = scale === undefined ? deviation : b.binary('mul', scale, deviation);
    const normalized = b.binary('mul', b.binary('sub', x, mean), factor);
    return offset === undefined ? normalized : b.binary('add', normalized, offset);
  }),
  MaxPool: pool('max'),
  MaxPoolGrad: kernel<{ dy: Node; input: Node }, MaxPoolAttrs>((b, { dy, input }, attributes) =>
    b.maxPool2dGradient(dy, input, windowOf(geometry(input, attributes), sidesOf(dy))),
  ),
};
