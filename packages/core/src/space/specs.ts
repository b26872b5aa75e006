// The usual tensors of the usual layers, with their fans and initialisers filled in.
import {
  biasSpec,
  gainSpec,
  kernelSpec,
  type Init,
  type ParameterSpec,
} from '@mapping-networks/runtime/canonical';
import { requireShape, requireText, requireWhole } from '../argument.ts';
import { MOST_PARAMETERS } from './parameter-space.ts';

/**
 * The kernel of a dense layer `[in, out]` or of a convolution `[height, width, in, out]`, named `LAYER.kernel`.
 * Fan-in is the product of all sides but the last, fan-out the receptive field times the last.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { kernel } from '@mapping-networks/core';
 * const { name, fanIn, fanOut } = kernel('conv', [3, 3, 16, 32]);
 * console.log(name, fanIn, fanOut); // conv.kernel 144 288
 * ```
 */
export const kernel = (layer: string, shape: readonly number[], init?: Init): ParameterSpec => {
  requireText('kernel', 'layer', layer);
  requireShape('kernel', 'shape', shape);
  return kernelSpec(layer, shape, init);
};

/**
 * The bias of a layer, `[units]`, named `LAYER.bias`.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { bias } from '@mapping-networks/core';
 * console.log(bias('fc', 10).init); // { type: 'normal', mean: 0, std: 0.05 }
 * ```
 */
export const bias = (layer: string, units: number, init?: Init): ParameterSpec => {
  requireText('bias', 'layer', layer);
  requireWhole('bias', 'units', units, 1, MOST_PARAMETERS);
  return biasSpec(layer, units, init);
};

/**
 * The gain of a normalisation, `[units]`, named `LAYER.gain`: 1 plus something small.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { gain } from '@mapping-networks/core';
 * console.log(gain('norm', 16).init); // { type: 'normal', mean: 1, std: 0.05 }
 * ```
 */
export const gain = (layer: string, units: number, init?: Init): ParameterSpec => {
  requireText('gain', 'layer', layer);
  requireWhole('gain', 'units', units, 1, MOST_PARAMETERS);
  return gainSpec(layer, units, init);
};
