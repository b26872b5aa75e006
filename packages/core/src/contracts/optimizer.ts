// Optimizers in the manner of optax: two pure functions and an explicit state. Learning rate and step are inputs,
// so that one compiled step serves a whole schedule.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';

/** What an optimizer may look at beside gradients and state. */
export interface UpdateContext {
  /** The current trainables. */
  readonly trainables: NamedTensors;
  /** Scalar: the learning rate of this step, schedule included. */
  readonly learningRate: tf.Scalar;
  /** Scalar, float32: 1 at the first step. */
  readonly step: tf.Scalar;
}

/** What an optimizer answers with at one step. */
export interface Update {
  /** To be added to the trainables, by name. */
  readonly updates: NamedTensors;
  readonly state: NamedTensors;
}

/**
 * The contract of kind `optimizer`: a rule that turns gradients into updates. All that it remembers is in its state.
 */
export interface Optimizer {
  /** The state before the first step. Names are the optimizer's own. */
  init(trainables: readonly TensorSpec[]): NamedArrays;
  /** Pure: gradients and state in, updates and new state (the same names and shapes) out. */
  update(gradients: NamedTensors, state: NamedTensors, context: UpdateContext): Update;
}
