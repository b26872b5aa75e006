// What a run is made of, as a user writes it: plugins by name, by name with options, or as values, and a few numbers.
import type { AnyPlugin, SpecInput } from '@mapping-networks/core';
import type { Builtin } from './builtins.ts';
import type { TrainSettings } from '@mapping-networks/train';

/**
 * A config whose names come from `Plugins`. `latentDim: 2048` is short for
 * `parameterization: { use: 'mapping', latentDim: 2048 }`; one of the two is needed.
 */
export interface Config<Plugins extends AnyPlugin = Builtin> extends Partial<TrainSettings> {
  /** The network. Options `inputShape` and `classes` that it declares and you leave out are taken from the dataset. */
  readonly target: SpecInput<Plugins, 'target'>;
  readonly dataset: SpecInput<Plugins, 'dataset'>;
  readonly latentDim?: number;
  /** How the target's parameters come about. */
  readonly parameterization?: SpecInput<Plugins, 'parameterization'>;
  /** Default: cross-entropy for classification, mean squared error for regression. */
  readonly loss?: SpecInput<Plugins, 'loss'>;
  /** Default: accuracy for classification, mean absolute error for regression. */
  readonly metrics?: readonly SpecInput<Plugins, 'metric'>[];
  /** Told of every event of the run, in this order. Default: none. */
  readonly callbacks?: readonly SpecInput<Plugins, 'callback'>[];
  /** Default `adamW`. */
  readonly optimizer?: SpecInput<Plugins, 'optimizer'>;
  /** Default `cosine`. */
  readonly schedule?: SpecInput<Plugins, 'schedule'>;
  /** Default `onnx` in Node where onnxruntime-node loads, else `wasm`. */
  readonly engine?: SpecInput<Plugins, 'engine'>;
}

/** A config, and the plugins beyond the built-in ones whose names it may use. */
export type ConfigWith<More extends AnyPlugin> = Config<Builtin | More> & {
  readonly plugins?: readonly More[];
};
