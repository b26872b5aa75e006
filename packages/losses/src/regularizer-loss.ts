// Losses that are an exact regulariser of the parameterization: the map knows the formula, the loss only asks for it.
import type { Loss, RegularizerName } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { missingRegularizer, zeroGradient } from './errors.ts';

/** The regulariser `name` of the map as a loss. `check` throws LOSSES_MISSING_REGULARIZER when the map has none. */
export const regularizerLoss = (name: RegularizerName, weight: number): Loss => ({
  requires: { noise: false, regularizers: [name] },
  weight,
  trainables: [],
  init: () => ({}),
  evaluate: ({ regularizer }) => {
    const total = tf.tidy(() => regularizer(name));
    return { total, terms: { [name]: total } };
  },
  check: ({ regularizers }) => {
    const regularizer = regularizers[name];
    if (regularizer === undefined) throw missingRegularizer(name, Object.keys(regularizers));
    const { constantBecause } = regularizer;
    return constantBecause === undefined ? [] : [zeroGradient(name, constantBecause)];
  },
  diagnose: () => [],
});
