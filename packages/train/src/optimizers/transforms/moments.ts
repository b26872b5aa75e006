// Exponential moving averages of gradients and their squares, and the correction of their start at zero.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '@mapping-networks/core';
import { entry, mapNamed } from '../../named.ts';

/** Decay rates of the averages and what keeps the root away from zero. */
export interface MomentOptions {
  /** Decay of the average gradient, in [0, 1). */
  readonly beta1: number;
  /** Decay of the average squared gradient, in [0, 1). */
  readonly beta2: number;
  /** Added to the root of the average squared gradient, 1e-30 … 1000: float32 keeps it apart from 0. */
  readonly epsilon: number;
}

export interface Moments {
  /** m ← β₁ m + (1 − β₁) g. */
  readonly m: NamedTensors;
  /** v ← β₂ v + (1 − β₂) g². */
  readonly v: NamedTensors;
}

/** The next averages; `state` holds them as `m.NAME` and `v.NAME`. */
export const nextMoments = (
  gradients: NamedTensors,
  state: NamedTensors,
  { beta1, beta2 }: MomentOptions,
): Moments => ({
  m: mapNamed(gradients, (g, name) => average(entry(state, `m.${name}`), g, beta1)),
  v: mapNamed(gradients, (g, name) => average(entry(state, `v.${name}`), tf.square(g), beta2)),
});

const average = (old: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(tf.mul(old, decay), tf.mul(value, 1 - decay));

/** 1 − βᵗ as −expm1(t·ln β): in float32, 1 − 0.999ᵗ itself would lose four digits at the first steps. */
export const biasCorrection = (beta: number, step: tf.Scalar): tf.Scalar =>
  tf.neg(tf.expm1(tf.mul(step, Math.log(beta))));
