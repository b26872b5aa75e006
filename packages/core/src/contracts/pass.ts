// A pass makes a smaller network of a trained one: it factorizes, prunes or quantizes. It gets what it needs to judge its
// work, and to train on, as arguments; `applyPasses` runs several and reports what each did.
import type { ArrayTensor } from '../arrays.ts';
import type { Model } from '../model.ts';
import type { Scores } from './callback.ts';

/**
 * What a pass works on, in the order that loses nothing: the weights of a factorized network are dense, scales are
 * chosen for the weights that pruning left, and training on would move a latent off its grid.
 */
export type PassStage = 'factorize' | 'prune' | 'quantizeWeights' | 'quantizeLatent';

/** How a pass trains the network on. */
export interface FineTuning {
  /** Passes over the training split, above 0; a fraction is a part of one. */
  readonly epochs: number;
  /** Peak learning rate; default: what the parameterization names. */
  readonly learningRate?: number;
  /** `cosine` falls to 0 at the end, `constant` stays: for stages that others follow. Default `cosine`. */
  readonly decay?: 'cosine' | 'constant';
}

/** What a pass may ask of whoever runs it. */
export interface PassContext {
  /** Loss and metrics on the validation split. */
  evaluate(model: Model): Promise<Scores>;
  /** Outputs for some fixed inputs of the validation split, `[examples, ...outputShape]`. */
  outputs(model: Model): Promise<ArrayTensor>;
  /**
   * The same network with its trainables trained on from where they are, and therefore without `encoding`. Absent where
   * nothing can be trained.
   */
  fineTune?(model: Model, how: FineTuning): Promise<Model>;
  /** Told in a sentence what is being done, for progress. */
  say?(line: string): void;
}

/** What a pass made of a network. */
export interface PassResult {
  /** Without what is true of the one before only: no `metrics`, and no `encoding` of trainables that have moved. */
  readonly model: Model;
  /** Figures of its own, for reports: such as `rank fc1`, with plain values. */
  readonly details?: Readonly<Record<string, number | string>>;
}

/** The contract of kind `pass`: a trained network to a smaller one. */
export interface Pass {
  readonly stage: PassStage;
  /** Leaves `model` as it is. Rejects networks that it cannot work on, with a remedy. */
  apply(model: Model, context: PassContext): Promise<PassResult>;
}
