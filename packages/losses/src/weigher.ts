// What a weighting does: from the task's value and those of the terms to one scalar, and its own trainables.
import {
  float32,
  type LossWarning,
  type NamedArrays,
  type NamedTensors,
  type TensorSpec,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';
import { collapsedWeight, initialWeight, weightCount, zeroWeight } from './errors.ts';
import { weightTransform } from './weight-transform.ts';
import type { TrainableWeighting, UncertaintyWeighting, Weighting } from './weighting.ts';

/** A term as weightings see it. */
export interface WeightedTerm {
  readonly name: string;
  /** λ when the weighting names none. */
  readonly weight: number;
}

export interface Weigher {
  readonly trainables: readonly TensorSpec[];
  init(): NamedArrays;
  combine(task: tf.Scalar, terms: readonly tf.Scalar[], weights: NamedTensors): tf.Scalar;
  /** ∂combine/∂term of each term. */
  factors(weights: NamedArrays): readonly number[];
  /** Terms without effect from the start. */
  readonly warnings: readonly LossWarning[];
  diagnose(weights: NamedArrays): readonly LossWarning[];
}

/** A trained weight counts as collapsed under this share of its initial value. */
const COLLAPSED = 0.01;

/** The name of the vector of trained weights. */
const WEIGHTS = 'weights';

/** @throws LOSSES_WEIGHT_COUNT, LOSSES_INITIAL_WEIGHT */
export const weigher = (weighting: Weighting, terms: readonly WeightedTerm[]): Weigher =>
  match(weighting)
    .with({ type: 'fixed' }, ({ values }) => fixed(terms, lambdas(terms, values)))
    .with({ type: 'trainable' }, (options) => trainable(terms, lambdas(terms, options.initial), options))
    .with({ type: 'uncertainty' }, (options) => uncertainty(terms, lambdas(terms, options.initial), options))
    .exhaustive();

const lambdas = (terms: readonly WeightedTerm[], given?: readonly number[]): readonly number[] => {
  if (given !== undefined && given.length !== terms.length) throw weightCount(terms.length, given.length);
  return given ?? terms.map(({ weight }) => weight);
};

const fixed = (terms: readonly WeightedTerm[], values: readonly number[]): Weigher => ({
  trainables: [],
  init: () => ({}),
  combine: (task, parts) =>
    parts.reduce<tf.Scalar>((sum, part, i) => tf.add(sum, tf.mul(part, values[i] ?? 0)), task),
  factors: () => values,
  warnings: terms.flatMap(({ name }, i) => (values[i] === 0 ? [zeroWeight(name)] : [])),
  diagnose: () => [],
});

const trainable = (
  terms: readonly WeightedTerm[],
  initial: readonly number[],
  options: TrainableWeighting,
): Weigher => {
  const { tensor, value, inverse, accepts, range } = weightTransform(options.transform);
  requireInitial(terms, initial, accepts, range);
  const factors = (weights: NamedArrays): readonly number[] =>
    Array.from(weights[WEIGHTS]?.data ?? [], value);
  return {
    ...trained(initial.map(inverse)),
    combine: (task, parts, weights) =>
      parts.length === 0
        ? task
        : tf.add(task, tf.sum(tf.mul(tf.stack([...parts]), tensor(weights[WEIGHTS] as tf.Tensor)))),
    factors,
    warnings: [],
    diagnose: (weights) => collapsed(terms, initial, factors(weights)),
  };
};

const uncertainty = (
  terms: readonly WeightedTerm[],
  initial: readonly number[],
  { epsilon }: UncertaintyWeighting,
): Weigher => {
  requireInitial(terms, initial, (lambda) => lambda > 0, 'positive');
  const factors = (weights: NamedArrays): readonly number[] =>
    Array.from(weights[WEIGHTS]?.data ?? [], (logS, i) => (Math.exp(-2 * logS) / 2) * (initial[i] ?? NaN));
  return {
    // s² = ½ makes every factor 1.
    ...trained(initial.map(() => -Math.LN2 / 2)),
    combine: (task, parts, weights) => {
      if (parts.length === 0) return task;
      const logS = weights[WEIGHTS] as tf.Tensor1D;
      const values = tf.add(tf.mul(tf.stack([...parts]), tf.tensor1d([...initial])), epsilon);
      const factors = tf.mul(tf.exp(tf.mul(logS, -2)), 0.5);
      return tf.add(task, tf.sum(tf.add(tf.mul(values, factors), logS)));
    },
    factors,
    warnings: [],
    diagnose: (weights) => collapsed(terms, initial, factors(weights)),
  };
};

/** One vector of trained weights; none for no values. */
const trained = (values: readonly number[]): Pick<Weigher, 'trainables' | 'init'> => ({
  trainables: values.length === 0 ? [] : [{ name: WEIGHTS, shape: [values.length] }],
  init: () => (values.length === 0 ? {} : { [WEIGHTS]: float32(Float32Array.from(values)) }),
});

const requireInitial = (
  terms: readonly WeightedTerm[],
  initial: readonly number[],
  accepts: (lambda: number) => boolean,
  range: string,
): void => {
  terms.forEach(({ name }, i) => {
    const lambda = initial[i] ?? NaN;
    if (!accepts(lambda)) throw initialWeight(name, range, lambda);
  });
};

const collapsed = (
  terms: readonly WeightedTerm[],
  initial: readonly number[],
  current: readonly number[],
): readonly LossWarning[] =>
  terms.flatMap(({ name }, i) => {
    const [from = NaN, to = NaN] = [initial[i], current[i]];
    return to < COLLAPSED * from ? [collapsedWeight(name, from, to)] : [];
  });
