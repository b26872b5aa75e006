// Optimizers in the manner of optax: two pure functions and an explicit state. Learning rate and step are inputs,
// so that one compiled step serves a whole schedule.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';

export interface UpdateContext {
  /** The current trainables. */
  readonly trainables: NamedTensors;
  /** Scalar: the learning rate of this step, schedule included. */
  readonly learningRate: tf.Scalar;
  /** Scalar, float32: 1 at the first step. */
  readonly step: tf.Scalar;
}

export interface Update {
  /** To be added to the trainables, by name. */
  readonly updates: NamedTensors;
  readonly state: NamedTensors;
}

export interface Optimizer {
  /** The state before the first step. Names are the optimizer's own. */
  init(trainables: readonly TensorSpec[]): NamedArrays;
  /** Pure: gradients and state in, updates and new state (the same names and shapes) out. */
  update(gradients: NamedTensors, state: NamedTensors, context: UpdateContext): Update;
}
