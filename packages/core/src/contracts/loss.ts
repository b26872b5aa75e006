// A loss turns the output of a target (and, for the terms of the mapping loss, the map itself) into one scalar.
// Whatever is random, such as the noise of the stability term, comes in as an explicit input.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';
import type { ParameterMap, RegularizerName } from './parameterization.ts';

/** What a loss is evaluated on: one batch, and the map that made the network. */
export interface LossContext {
  /** `[batch, ...]`; logits for classifiers. */
  readonly output: tf.Tensor;
  /** `[batch]` int32 class indices, or `[batch, ...]` float32 values. */
  readonly labels: tf.Tensor;
  /** The trainables of the parameterization. */
  readonly trainables: NamedTensors;
  /** The loss's own trainables (such as term weights). */
  readonly weights: NamedTensors;
  /** Standard normal noise with the names and shapes of `trainables`; present when `requires.noise`. */
  readonly noise: NamedTensors;
  /** The target's output for other trainables, on the same batch, buffers and masks. */
  forward(trainables: NamedTensors): tf.Tensor;
  /** A regulariser that `requires.regularizers` names. */
  regularizer(name: RegularizerName): tf.Scalar;
}

/** The value of a loss on one batch: scalars of rank 0. */
export interface LossValue {
  /** The scalar that training minimises. */
  readonly total: tf.Scalar;
  /** Its unweighted parts by name, for reports; a task loss names itself. */
  readonly terms: Readonly<Record<string, tf.Scalar>>;
}

/** A finding about a loss that its user should know; `code` is stable. */
export interface LossWarning {
  readonly code: string;
  readonly message: string;
}

/** The contract of kind `loss`: one differentiable scalar from outputs, labels and trainables, to be minimised. */
export interface Loss {
  /** What `evaluate` gets only when it asks: noise, and regularisers of the map by name. */
  readonly requires: { readonly noise: boolean; readonly regularizers: readonly RegularizerName[] };
  /** What a sum of losses multiplies this one by when it is given no weights; 1 when absent. */
  readonly weight?: number;
  /** Trainables of the loss itself; most losses have none. */
  readonly trainables: readonly TensorSpec[];
  /** Their values at the start, the same at every call; `{}` when there are none. */
  init(): NamedArrays;
  /** Pure and differentiable in the trainables. */
  evaluate(context: LossContext): LossValue;
  /** The task loss of each example, `[batch]`: what evaluation averages. Absent for pure regularisers. */
  readonly perExample?: (output: tf.Tensor, labels: tf.Tensor) => tf.Tensor1D;
  /** Before training: terms that can have no effect with this map. */
  check(map: ParameterMap): readonly LossWarning[];
  /** While training, from the current values of `trainables`: weights that have collapsed. */
  diagnose(weights: NamedArrays): readonly LossWarning[];
  /**
   * From the current values of `trainables`: ∂total/∂term for each of the terms, by their names; 1 for the task. Absent
   * where there is nothing to weigh.
   */
  termWeights?(weights: NamedArrays): Readonly<Record<string, number>>;
}
