// Shape inference: what a layer makes of the shape before it, and whether it can take it at all.
import { sizeOf, ACTIVATIONS, type NamedLayer, type Padding, type Shape } from '@mapping-networks/core';
import { match, P } from 'ts-pattern';
import { layerInputRank, reshapeSize, windowTooLarge } from './errors.ts';

/**
 * The shape after a layer, without the batch dimension.
 *
 * @throws TARGETS_LAYER_INPUT, TARGETS_WINDOW_TOO_LARGE, TARGETS_RESHAPE_SIZE; all name the layer
 */
export const outputShapeOf = (layer: NamedLayer, input: Shape): Shape =>
  match(layer)
    .with({ type: 'conv2d' }, (conv) => {
      const { kernelSize, strides = 1, padding = 'valid', filters } = conv;
      return [...slide(conv, input, { size: kernelSize, strides, padding }), filters];
    })
    .with({ type: P.union('maxPool2d', 'avgPool2d') }, (pool) => {
      const { poolSize, strides = poolSize, padding = 'valid' } = pool;
      return [...slide(pool, input, { size: poolSize, strides, padding }), ...input.slice(2)];
    })
    .with({ type: 'globalAvgPool2d' }, (pool) => {
      requireRank(pool, input, 3, 'an image [height, width, channels]');
      return input.slice(2);
    })
    .with({ type: 'dense' }, (dense) => {
      requireRank(dense, input, 1, 'one axis of features');
      return [dense.units];
    })
    .with({ type: 'flatten' }, () => [sizeOf(input)])
    .with({ type: 'reshape' }, (reshape) => {
      if (sizeOf(reshape.shape) !== sizeOf(input)) throw reshapeSize(reshape, input, reshape.shape);
      return reshape.shape;
    })
    .with({ type: P.union('batchNorm', 'dropout') }, () => input)
    .with({ type: P.union(...ACTIVATIONS) }, () => input)
    .exhaustive();

interface Window {
  readonly size: number;
  readonly strides: number;
  readonly padding: Padding;
}

/** Height and width after a window has slid over an image. */
const slide = (layer: NamedLayer, input: Shape, { size, strides, padding }: Window): Shape => {
  requireRank(layer, input, 3, 'an image [height, width, channels]');
  const sides = input.slice(0, 2);
  if (padding === 'same') return sides.map((side) => Math.ceil(side / strides));
  if (sides.some((side) => side < size)) throw windowTooLarge(layer, size, input);
  return sides.map((side) => Math.floor((side - size) / strides) + 1);
};

const requireRank = (layer: NamedLayer, input: Shape, rank: number, expected: string): void => {
  if (input.length !== rank) throw layerInputRank(layer, expected, input);
};
