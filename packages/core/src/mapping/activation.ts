// The element-wise σ of a mapping: on tensors, in canonical arithmetic, its derivative, and the factor that gives σ(u)
// unit variance for u ~ N(0, 1).
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';
import { exp, sin, tanh } from '../canonical/elementary.ts';
import type { Activation } from './options.ts';

export interface ActivationFunctions {
  /** 1 / √Var σ(u) for u ~ N(0, 1). */
  readonly normalizer: number;
  forward(u: tf.Tensor1D): tf.Tensor1D;
  /** σ'(u). */
  derivative(u: tf.Tensor1D): tf.Tensor1D;
  /** σ of one float32 in canonical arithmetic; the caller rounds. */
  canonical(u: number): number;
}

/** √Var tanh(u), u ~ N(0, 1), by quadrature to 16 digits. */
const TANH_STD = 0.6279287303490745;

export const activationFunctions = (activation: Activation): ActivationFunctions =>
  match(activation)
    .with({ type: 'identity' }, (): ActivationFunctions => ({
      normalizer: 1,
      forward: (u) => u,
      derivative: (u) => tf.onesLike(u),
      canonical: (u) => u,
    }))
    .with({ type: 'tanh' }, (): ActivationFunctions => ({
      normalizer: 1 / TANH_STD,
      forward: (u) => tf.tanh(u),
      derivative: (u) => tf.sub(1, tf.square(tf.tanh(u))),
      canonical: tanh,
    }))
    .with({ type: 'sin' }, ({ omega }): ActivationFunctions => ({
      normalizer: 1 / Math.sqrt((1 - exp(-2 * omega * omega)) / 2),
      forward: (u) => tf.sin(tf.mul(u, omega)),
      derivative: (u) => tf.mul(tf.cos(tf.mul(u, omega)), omega),
      canonical: (u) => sin(omega * u),
    }))
    .exhaustive();
