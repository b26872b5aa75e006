// A target is a network whose parameters come from elsewhere: it names them (a parameter space), and computes its
// output from them, its buffers and a batch. It holds no weights of its own.
import type { Layer, NamedLayer, Shape } from '@mapping-networks/runtime/canonical';
import type * as tf from '@tensorflow/tfjs-core';
import type { ArrayTensor, NamedTensors, TensorSpec } from '../arrays.ts';
import type { Part } from '../plugin/part.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';

/** A non-trained array that training updates, such as the running mean of a BatchNorm layer. */
export interface BufferSpec extends TensorSpec {
  /** The value before training, everywhere in the array. */
  readonly initial: number;
}

/** A random mask that training needs, drawn by the trainer: 0 with probability `rate`, else 1 / (1 - rate). */
export interface MaskSpec {
  readonly name: string;
  /** Shape for one example, without the batch dimension. */
  readonly shape: readonly number[];
  /** The probability that an element is dropped, in [0, 1). */
  readonly rate: number;
}

/** How a target is applied: for training or for inference, and with which masks. */
export interface ApplyContext {
  /** True in training: batch statistics are used and buffers updated, masks are present. */
  readonly training: boolean;
  /** One tensor `[batch, ...shape]` for each mask of the target when training; empty otherwise. */
  readonly masks: NamedTensors;
}

/** What applying a target to one batch gives. */
export interface TargetOutput {
  /** `[batch, ...outputShape]`; logits for classifiers. */
  readonly output: tf.Tensor;
  /** All buffers of the target, updated when training, else those that came in. */
  readonly buffers: NamedTensors;
}

/** A network as plain data: layers one after the other. */
export interface LayeredNetwork {
  /** Shape of one input, without the batch dimension. */
  readonly input: Shape;
  /** From input to output; tensors of a layer are named `NAME.kernel`, `NAME.bias`, … */
  readonly layers: readonly NamedLayer[];
}

/** Makes a target of a list of layers: `feedForward` of `@mapping-networks/targets`. */
export type MakeTarget = (options: {
  readonly input: Shape;
  readonly layers: readonly Layer[];
}) => Part<'target'>;

/** The contract of kind `target`: a network without weights of its own. It names what it needs, and computes. */
export interface Target {
  /** Shape of one input, without the batch dimension. */
  readonly inputShape: readonly number[];
  /** Shape of one output, without the batch dimension. */
  readonly outputShape: readonly number[];
  /** The tensors that it needs, in the order of θ. Another order is another network for every stored latent. */
  readonly parameters: ParameterSpace;
  /** What it keeps beside them, untrained; most targets keep nothing. */
  readonly buffers: readonly BufferSpec[];
  /** Random masks that it needs in training; most targets need none. */
  readonly masks: readonly MaskSpec[];
  /** The network as plain data, where it is a list of layers: for whoever makes it smaller or runs it elsewhere. */
  readonly network?: LayeredNetwork;
  /** Pure and differentiable: the same arguments give the same output; nothing is kept. */
  apply(parameters: NamedTensors, buffers: NamedTensors, x: tf.Tensor, context: ApplyContext): TargetOutput;
}

/**
 * The buffers of a target before training.
 *
 * @example
 * ```ts
 * import { initialBuffers } from '@mapping-networks/core';
 * const { mean } = initialBuffers({ buffers: [{ name: 'mean', shape: [2], initial: 0 }] });
 * console.log(mean?.data); // Float32Array [0, 0]
 * ```
 */
export const initialBuffers = (target: Pick<Target, 'buffers'>): Record<string, ArrayTensor> =>
  Object.fromEntries(
    target.buffers.map(({ name, shape, initial }) => {
      const data = new Float32Array(shape.reduce((size, side) => size * side, 1)).fill(initial);
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
