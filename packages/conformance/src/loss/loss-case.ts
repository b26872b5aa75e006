// A loss in a small world: a latent of eight numbers, a smooth network from it to the outputs, noise, regularisers.
import {
  float32,
  int32,
  integers,
  randomKey,
  sizeOf,
  type ArrayTensor,
  type Loss,
  type LossContext,
  type LossValue,
  type NamedArrays,
  type NamedTensors,
  type RegularizerName,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { gaussian } from '../checks/random-arrays.ts';
import { onTensors } from '../checks/tensors.ts';
import { wrongValue } from '../errors.ts';

/** Outputs and labels of one batch. */
export interface LossSample {
  /** `[batch, ...]`; logits for classifiers. */
  readonly output: ArrayTensor;
  readonly labels: ArrayTensor;
}

/** Logits and class indices of six examples and ten classes. */
export const classificationSample = (seed: number): LossSample => ({
  output: float32(gaussian(60, seed, 'logits'), [6, 10]),
  labels: int32(integers(randomKey(seed, 'conformance', 'labels'), 6, 10)),
});

export interface LossCase {
  readonly loss: Loss;
  readonly sample: LossSample;
  readonly seed: number;
}

/** Numbers in the latent. */
export const LATENT = 8;

/** What `evaluate` gets, as one flat record: `z`, `labels`, `noise`, the network's constants, `weights/…`. */
export const inputsOf = ({ loss, sample: { output, labels }, seed }: LossCase): NamedArrays => ({
  z: float32(gaussian(LATENT, seed, 'z')),
  labels,
  noise: float32(gaussian(LATENT, seed, 'noise')),
  base: output,
  map: float32(gaussian(LATENT * sizeOf(output.shape), seed, 'map'), [LATENT, sizeOf(output.shape)]),
  ...Object.fromEntries(Object.entries(loss.init()).map(([name, array]) => [`weights/${name}`, array])),
});

const named = (tensors: NamedTensors, name: string): tf.Tensor => tensors[name] as tf.Tensor;

/** base + ½·tanh(z·map), in the shape of the sample. */
const network = (tensors: NamedTensors, z: tf.Tensor): tf.Tensor => {
  const base = named(tensors, 'base');
  const moved = tf.tanh(tf.matMul(tf.reshape(z, [1, LATENT]), named(tensors, 'map') as tf.Tensor2D));
  return tf.add(base, tf.mul(tf.reshape(moved, base.shape), 0.5));
};

const weightsOf = (tensors: NamedTensors): NamedTensors =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith('weights/'))
      .map(([name, tensor]) => [name.slice('weights/'.length), tensor]),
  );

/** Smooth stand-ins for the regularisers of a map; only those that are required may be asked for. */
const regularizer = (loss: Loss, z: tf.Tensor, name: RegularizerName): tf.Scalar => {
  if (!loss.requires.regularizers.includes(name)) {
    throw wrongValue('regularisers asked for', loss.requires.regularizers, name, 'List it in requires.');
  }
  return name === 'smoothness' ? tf.sum(tf.square(z)) : tf.sub(1, tf.mean(tf.sin(z)));
};

/** Evaluates the loss on uploaded inputs. */
export const evaluated = ({ loss }: Pick<LossCase, 'loss'>, tensors: NamedTensors): LossValue => {
  const z = named(tensors, 'z');
  const context: LossContext = {
    output: network(tensors, z),
    labels: named(tensors, 'labels'),
    trainables: { z },
    weights: weightsOf(tensors),
    noise: loss.requires.noise ? { noise: named(tensors, 'noise'), z: named(tensors, 'noise') } : {},
    forward: (trainables) => network(tensors, named(trainables, 'z')),
    regularizer: (name) => regularizer(loss, z, name),
  };
  return loss.evaluate(context);
};

/** The total and every term, as `term NAME`. */
export const valuesOf = (lossCase: LossCase, inputs: NamedArrays = inputsOf(lossCase)): NamedArrays =>
  onTensors(inputs, (tensors) => {
    const { total, terms } = evaluated(lossCase, tensors);
    const named = Object.entries(terms).map(([name, term]) => [`term ${name}`, term] as const);
    return { total, ...Object.fromEntries(named) };
  });

/** The outputs that `evaluated` compares with the labels. */
export const outputOf = (tensors: NamedTensors): tf.Tensor => network(tensors, named(tensors, 'z'));
