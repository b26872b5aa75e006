// The usual tensors of the usual layers, with their fans and initialisers filled in.
import type { Init, ParameterSpec } from './parameter.ts';

const HE: Init = { type: 'he' };

/** Biases start small instead of at zero, so that a mapping gives them a scale they can move on. */
const SMALL: Init = { type: 'normal', mean: 0, std: 0.05 };

const NEAR_ONE: Init = { type: 'normal', mean: 1, std: 0.05 };

/**
 * The kernel of a dense layer `[in, out]` or of a convolution `[height, width, in, out]`, named `LAYER.kernel`.
 * Fan-in is the product of all sides but the last, fan-out the receptive field times the last.
 */
export const kernelSpec = (layer: string, shape: readonly number[], init: Init = HE): ParameterSpec => {
  const receptive = shape.slice(0, -2).reduce((size, side) => size * side, 1);
  const [inputs = 1, outputs = 1] = shape.slice(-2);
  return {
    name: `${layer}.kernel`,
    shape,
    role: 'kernel',
    fanIn: receptive * inputs,
    fanOut: receptive * outputs,
    layer,
    init,
  };
};

const vectorSpec = (layer: string, units: number, role: 'bias' | 'gain', init: Init): ParameterSpec => ({
  name: `${layer}.${role}`,
  shape: [units],
  role,
  fanIn: 1,
  fanOut: units,
  layer,
  init,
});

/** The bias of a layer, `[units]`, named `LAYER.bias`. */
export const biasSpec = (layer: string, units: number, init: Init = SMALL): ParameterSpec =>
  vectorSpec(layer, units, 'bias', init);

/** The gain of a normalisation, `[units]`, named `LAYER.gain`: 1 plus something small. */
export const gainSpec = (layer: string, units: number, init: Init = NEAR_ONE): ParameterSpec =>
  vectorSpec(layer, units, 'gain', init);
