// u, what the activation sees: v = Wz modulated by z. On tensors; the runtime has it in canonical
// arithmetic.
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';
import type { NamedTensors } from '../arrays.ts';
import { latentOf, modulationProjected, projected, vectorOf, type LinearPart } from './branch.ts';
import type { Modulation } from './options.ts';

/** u of a branch or of a chunk, `[rows]`, without the bias. */
export const preactivation = (
  branch: LinearPart,
  modulation: Modulation,
  tensors: NamedTensors,
): tf.Tensor1D => {
  const z = latentOf(branch, tensors);
  const v = projected(branch, z, tensors);
  return match(modulation)
    .with({ type: 'none' }, () => v)
    .with({ type: 'additive' }, ({ alpha }) =>
      tf.add<tf.Tensor1D>(v, tf.mul(tf.sum(tf.square(z)), alpha / branch.latentDim)),
    )
    .with({ type: 'linear' }, ({ alpha }) =>
      tf.mul<tf.Tensor1D>(v, tf.add(tf.mul(modulationProjected(branch, z, tensors), alpha), 1)),
    )
    .with({ type: 'vector' }, ({ alpha }) =>
      tf.add<tf.Tensor1D>(v, tf.mul(tf.sum(tf.mul(vectorOf(branch, tensors), z)), alpha / branch.latentDim)),
    )
    .exhaustive();
};
