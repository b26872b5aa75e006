// The positive functions through which a trained weight acts, each with its inverse, on tensors and on numbers.
import * as tf from '@tensorflow/tfjs-core';
import type { WeightTransform } from './weighting.ts';

interface Transform {
  /** λ(w), differentiable. */
  readonly tensor: (w: tf.Tensor) => tf.Tensor;
  readonly value: (w: number) => number;
  /** The w of a λ. */
  readonly inverse: (lambda: number) => number;
  /** The λ that have one. */
  readonly accepts: (lambda: number) => boolean;
  readonly range: string;
}

const TRANSFORMS: Readonly<Record<WeightTransform, Transform>> = {
  softplus: {
    tensor: (w) => tf.softplus(w),
    value: (w) => Math.max(w, 0) + Math.log1p(Math.exp(-Math.abs(w))),
    inverse: (lambda) => lambda + Math.log(-Math.expm1(-lambda)),
    accepts: (lambda) => lambda > 0,
    range: 'positive',
  },
  sigmoid: {
    tensor: (w) => tf.sigmoid(w),
    value: (w) => 1 / (1 + Math.exp(-w)),
    inverse: (lambda) => Math.log(lambda / (1 - lambda)),
    accepts: (lambda) => lambda > 0 && lambda < 1,
    range: 'between 0 and 1',
  },
  raw: {
    tensor: (w) => tf.relu(w),
    value: (w) => Math.max(w, 0),
    inverse: (lambda) => lambda,
    accepts: (lambda) => lambda > 0,
    range: 'positive',
  },
};

export const weightTransform = (name: WeightTransform): Transform => TRANSFORMS[name];
