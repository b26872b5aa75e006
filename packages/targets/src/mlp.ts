// The multilayer perceptron, for inputs of any shape.
import { ACTIVATIONS, definePlugin, type ActivationName, type Plugin } from '@mapping-networks/core';
import { mlp as mlpLayers } from '@mapping-networks/runtime';
import { z } from 'zod';
import { classes, side } from './image-options.ts';
import { sequential } from './sequential.ts';

/** The whole options of `mlp`. */
export interface MlpOptions {
  /** Shape of one input; it is flattened. Default `[28, 28, 1]`. */
  readonly inputShape: readonly number[];
  /** Units of each hidden layer, at most 100 of them; empty gives a linear model. Default `[128]`. */
  readonly hidden: readonly number[];
  /** Number of outputs, logits for a classifier; default 10. */
  readonly classes: number;
  /** After each hidden layer; default `relu`. */
  readonly activation: ActivationName;
}

/**
 * Dense layers `fc1`, `fc2`, … with an activation between them: `hidden` units each, then `classes` outputs.
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION
 * @example
 * ```ts
 * import { mlp } from '@mapping-networks/targets';
 * const target = mlp({ inputShape: [64], hidden: [32, 16], classes: 3, activation: 'tanh' }).impl;
 * console.log(target.parameters.layers.map(({ layer, size }) => `${layer} ${size}`)); // ['fc1 2080', 'fc2 528', 'fc3 51']
 * ```
 */
export const mlp: Plugin<'target', 'mlp', Partial<MlpOptions>, MlpOptions> = definePlugin({
  kind: 'target',
  name: 'mlp',
  summary: 'Multilayer perceptron over flattened inputs.',
  options: z.strictObject({
    inputShape: z
      .array(side)
      .min(1)
      .max(8)
      .default([28, 28, 1])
      .describe('Shape of one input; it is flattened.'),
    hidden: z.array(side).max(100).default([128]).describe('Units of each hidden layer.'),
    classes,
    activation: z.enum(ACTIVATIONS).default('relu').describe('After each hidden layer.'),
  }),
  slots: {},
  create: (options) => sequential(mlpLayers(options)),
});
