// The element-wise σ of a mapping on tensors, and its derivative. Canonical arithmetic and the factor that gives σ(u) unit
// variance are the runtime's.
import type { Activation } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';

export interface ActivationFunctions {
  forward(u: tf.Tensor1D): tf.Tensor1D;
  /** σ'(u). */
  derivative(u: tf.Tensor1D): tf.Tensor1D;
}

export const activationFunctions = (activation: Activation): ActivationFunctions =>
  match(activation)
    .with({ type: 'identity' }, (): ActivationFunctions => ({
      forward: (u) => u,
      derivative: (u) => tf.onesLike(u),
    }))
    .with({ type: 'tanh' }, (): ActivationFunctions => ({
      forward: (u) => tf.tanh(u),
      derivative: (u) => tf.sub(1, tf.square(tf.tanh(u))),
    }))
    .with({ type: 'sin' }, ({ omega }): ActivationFunctions => ({
      forward: (u) => tf.sin(tf.mul(u, omega)),
      derivative: (u) => tf.mul(tf.cos(tf.mul(u, omega)), omega),
    }))
    .exhaustive();
