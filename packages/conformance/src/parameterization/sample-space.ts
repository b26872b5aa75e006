// A space with a bit of everything: a convolution, a normalisation, a dense layer; kernels, biases, gains.
import { bias, gain, kernel, parameterSpace, type ParameterSpace } from '@mapping-networks/core';

/** 204 parameters in three layers. */
export const sampleSpace = (): ParameterSpace =>
  parameterSpace([
    kernel('conv', [3, 3, 2, 4]),
    bias('conv', 4),
    gain('norm', 4),
    bias('norm', 4),
    kernel('fc', [23, 5], { type: 'glorot' }),
    bias('fc', 5),
  ]);
