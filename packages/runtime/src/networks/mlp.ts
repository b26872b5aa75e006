// The multilayer perceptron, for inputs of any shape, as a list of layers.
import { list, oneOf, optional, record, requireValid } from '../files/check.ts';
import { ACTIVATIONS, type ActivationName, type Layer } from '../layers/layer.ts';
import type { LayerList } from '../layers/network.ts';
import { side, sides } from '../layers/kind.ts';

/** Options of `mlp`. */
export interface MlpNetworkOptions {
  /** Shape of one input; it is flattened. Default `[28, 28, 1]`. */
  readonly inputShape?: readonly number[];
  /** Units of each hidden layer, at most 100 of them. Default `[128]`. */
  readonly hidden?: readonly number[];
  /** Number of outputs; default 10. */
  readonly classes?: number;
  /** After each hidden layer; default `relu`. */
  readonly activation?: ActivationName;
}

const isOptions = record({
  inputShape: optional(sides),
  hidden: optional(list(side, 0, 100)),
  classes: optional(side),
  activation: optional(oneOf(...ACTIVATIONS)),
});

/**
 * Dense layers `fc1`, `fc2`, … with an activation between them: `hidden` units each, then `classes` outputs. For option
 * `targets` of `load`.
 *
 * @example
 * ```ts
 * import { mlp } from '@mapping-networks/runtime';
 * console.log(mlp({ hidden: [] }).layers); // [{ type: 'flatten' }, { type: 'dense', name: 'fc1', units: 10 }]
 * ```
 */
export const mlp = (given: unknown = {}): LayerList => {
  requireValid(isOptions(given), 'mlp');
  const {
    inputShape = [28, 28, 1],
    hidden = [128],
    classes = 10,
    activation = 'relu',
  } = given as MlpNetworkOptions;
  return {
    input: inputShape,
    layers: [
      { type: 'flatten' },
      ...hidden.flatMap((units, i): readonly Layer[] => [
        { type: 'dense', name: `fc${i + 1}`, units },
        { type: activation },
      ]),
      { type: 'dense', name: `fc${hidden.length + 1}`, units: classes },
    ],
  };
};
