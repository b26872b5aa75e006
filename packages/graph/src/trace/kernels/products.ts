// Matrix products and convolutions, plain and fused with bias and activation.
import { backend_util } from '@tensorflow/tfjs-core';
import type {
  BatchMatMulAttrs,
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
} from '@tensorflow/tfjs-core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import { kernel, type Kernels } from '../kernel.ts';
import { activated, type FusedActivation } from './activations.ts';
import { sidesOf, windowOf } from './windows.ts';

interface FusedInputs {
  readonly bias?: Node;
  readonly preluActivationWeights?: Node;
}

type Geometry = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<Conv2DAttrs, 'dilations'>>;

type Shape4 = [number, number, number, number];

const geometryOf = (
  x: readonly number[],
  filter: readonly number[],
  { strides, dilations = 1, pad, dimRoundingMode }: Geometry,
): backend_util.Conv2DInfo =>
  backend_util.computeConv2DInfo(
    [...x] as Shape4,
    [...filter] as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );

/** `[N, C, H, W]` ↔ `[N, H, W, C]`, for those who have channels first. */
const TO_LAST = [0, 2, 3, 1] as const;
const TO_FIRST = [0, 3, 1, 2] as const;

const channelsLast = (b: Builder, x: Node, { dataFormat }: Geometry): Node =>
  dataFormat === 'NCHW' ? b.transpose(x, TO_LAST) : x;

const asGiven = (b: Builder, x: Node, { dataFormat }: Geometry): Node =>
  dataFormat === 'NCHW' ? b.transpose(x, TO_FIRST) : x;

const conv2d = (b: Builder, x: Node, filter: Node, attributes: Conv2DAttrs): Node => {
  const last = channelsLast(b, x, attributes);
  const geometry = geometryOf(last.type.shape, filter.type.shape, attributes);
  const y = b.conv2d(last, filter, windowOf(geometry));
  return asGiven(b, y, attributes);
};

/** A bias of one number a channel, for channels first. */
const alignedBias = (b: Builder, bias: Node, { dataFormat }: Geometry): Node =>
  dataFormat === 'NCHW' && bias.type.shape.length === 1 ? b.reshape(bias, [...bias.type.shape, 1, 1]) : bias;

const fused = (
  b: Builder,
  sum: Node,
  { bias, preluActivationWeights }: FusedInputs,
  activation: FusedActivation,
): Node =>
  activated(b, bias === undefined ? sum : b.binary('add', sum, bias), activation, preluActivationWeights);

export const PRODUCTS: Kernels = {
  BatchMatMul: kernel<{ a: Node; b: Node }, BatchMatMulAttrs>(
    (builder, { a, b }, { transposeA, transposeB }) => builder.matMul(a, b, transposeA, transposeB),
  ),
  Conv2D: kernel<{ x: Node; filter: Node }, Conv2DAttrs>((b, { x, filter }, attributes) =>
    conv2d(b, x, filter, attributes),
  ),
  Conv2DBackpropFilter: kernel<{ x: Node; dy: Node }, Conv2DBackpropFilterAttrs>(
    (b, { x, dy }, attributes) => {
      const last = channelsLast(b, x, attributes);
      const lastDy = channelsLast(b, dy, attributes);
      const geometry = geometryOf(last.type.shape, attributes.filterShape, attributes);
      return b.conv2dFilterGradient(last, lastDy, windowOf(geometry, sidesOf(lastDy)));
    },
  ),
  Conv2DBackpropInput: kernel<{ dy: Node; filter: Node }, Conv2DBackpropInputAttrs>(
    (b, { dy, filter }, attributes) => {
      const [n, h, w, c] = attributes.inputShape;
      const shape = attributes.dataFormat === 'NCHW' ? [n, w, c, h] : [n, h, w, c];
      const last = channelsLast(b, dy, attributes);
      const geometry = geometryOf(shape, filter.type.shape, attributes);
      const dx = b.conv2dInputGradient(last, filter, windowOf(geometry, sidesOf(last)));
      return asGiven(b, dx, attributes);
    },
  ),
  FusedConv2D: kernel<{ x: Node; filter: Node } & FusedInputs, Conv2DAttrs & FusedActivation>(
    (b, { x, filter, bias, preluActivationWeights }, attributes) =>
      fused(
        b,
        conv2d(b, x, filter, attributes),
        {
          ...(bias && { bias: alignedBias(b, bias, attributes) }),
          ...(preluActivationWeights && {
            preluActivationWeights: alignedBias(b, preluActivationWeights, attributes),
          }),
        },
        attributes,
      ),
  ),
  _FusedMatMul: kernel<{ a: Node; b: Node } & FusedInputs, BatchMatMulAttrs & FusedActivation>(
    (builder, { a, b, ...extra }, attributes) => {
      const product = builder.matMul(a, b, attributes.transposeA, attributes.transposeB);
      return fused(builder, product, extra, attributes);
    },
  ),
};
