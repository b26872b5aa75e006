// Low-rank weights: chosen matrices are products U V, and an inner parameterization makes U and V as it would make any
// other tensor: trains them directly, generates them from a latent, masks them.
import {
  cut,
  definePlugin,
  direct,
  initMoments,
  unprefixed,
  type ArrayTensor,
  type ConstantSpec,
  type MatrixFactors,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
  type ParameterSpace,
  type Part,
  type Plugin,
  type WeightFormat,
} from '@mapping-networks/core';
import {
  factorOperations,
  multipliedFactors,
  rankOperations,
  type Factor,
} from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { factorSpace } from './factor-space.ts';
import { factorsOf } from './factors.ts';
import { gaussianRank } from './gaussian-rank.ts';
import { rankFields, requireRankOptions, type RankInput, type RankOptions } from './options.ts';

/** The whole options of `lowRank`, as a part holds and a bundle records them. */
export interface LowRankOptions extends RankOptions {
  /** What makes U, V and all other tensors. Default `direct()`. */
  readonly inner: Part<'parameterization'>;
}

/** What a user gives: `rank` or `energy`, and whatever has a default if another is wanted. */
export type LowRankInput = RankInput & { readonly inner?: Part<'parameterization'> };

/** The name under which the inner parameterization's constants are kept. */
const INNER = 'inner/';

/** The factorized matrices of a space: at an energy, those ranks at which a fresh matrix keeps it. */
const factorized = (space: ParameterSpace, options: RankOptions): readonly Factor[] =>
  factorsOf(space, options, ({ rows, columns }, energy) => gaussianRank(rows, columns, energy));

/** U and V of all that is their product, and not moved by a mean. */
const productsIn = (
  factors: readonly Factor[],
  inner: ParameterMap,
  trainables: NamedArrays,
): Readonly<Record<string, MatrixFactors>> => {
  const arrays = cut(inner.space, inner.generate(trainables));
  const formats = inner.formats?.(trainables) ?? {};
  return Object.fromEntries(
    factors
      .filter(({ parameter }) => initMoments(parameter).mean === 0)
      .map(({ parameter: { name }, u, v }): [string, MatrixFactors] => {
        const [ofU, ofV] = [formats[u], formats[v]];
        return [
          name,
          {
            u: arrays[u] as ArrayTensor,
            v: arrays[v] as ArrayTensor,
            ...((ofU || ofV) && { formats: { ...(ofU && { u: ofU }), ...(ofV && { v: ofV }) } }),
          },
        ];
      }),
  );
};

/** The formats of what is no product. */
const formatsIn = (
  { parameters }: ParameterSpace,
  factors: ReadonlyMap<string, Factor>,
  formats: Readonly<Record<string, WeightFormat>>,
): Readonly<Record<string, WeightFormat>> =>
  Object.fromEntries(
    parameters.flatMap(({ name }) => {
      const format = factors.has(name) ? undefined : formats[name];
      return format ? [[name, format]] : [];
    }),
  );

/** Every parameter of the space: products where it is factorized, the inner map's tensor elsewhere. */
const multiplied = (
  space: ParameterSpace,
  factors: ReadonlyMap<string, Factor>,
  inner: NamedTensors,
): NamedTensors =>
  Object.fromEntries(
    space.parameters.map((parameter) => {
      const { name, shape } = parameter;
      const factor = factors.get(name);
      if (factor === undefined) return [name, inner[name] as tf.Tensor];
      const w = tf.matMul(inner[factor.u] as tf.Tensor2D, inner[factor.v] as tf.Tensor2D);
      const { mean } = initMoments(parameter);
      return [name, tf.reshape(mean === 0 ? w : tf.add(w, mean), [...shape])];
    }),
  );

const bindLowRank = (
  space: ParameterSpace,
  options: LowRankOptions,
  constants: NamedArrays | undefined,
): ParameterMap => {
  const factors = factorized(space, options);
  const byName = new Map(factors.map((factor) => [factor.parameter.name, factor]));
  const inner = options.inner.impl.bind(
    factorSpace(space, factors),
    constants && unprefixed(INNER, constants),
  );
  const { alignment } = inner.regularizers;
  return {
    space,
    trainables: inner.trainables,
    init: (seed) => inner.init(seed),
    frozen: () => inner.frozen(),
    ...(inner.randomRows && { randomRows: inner.randomRows }),
    materialize: (trainables, frozen) => multiplied(space, byName, inner.materialize(trainables, frozen)),
    generate: (trainables) => multipliedFactors(space, factors, inner.generate(trainables)),
    factors: (trainables) => productsIn(factors, inner, trainables),
    ...(inner.formats && {
      formats: (trainables) => formatsIn(space, byName, inner.formats?.(trainables) ?? {}),
    }),
    operations: (inner.operations ?? 0) + rankOperations(space, options) + factorOperations(factors),
    // One entry of U on the other side of a boundary moves W by part · max|U| · max|V|, and max|U| · max|V| is at most
    // about twice max|W|.
    ...(inner.rounding !== undefined && { rounding: 2 * inner.rounding }),
    // ‖∂θ/∂z‖² of a product is no sum over the rows of the inner map; the angle between z and its mean row is the same.
    regularizers: alignment === undefined ? {} : { alignment },
  };
};

const constantsOf = (space: ParameterSpace, { inner, ...options }: LowRankOptions): readonly ConstantSpec[] =>
  (inner.impl.constants?.(factorSpace(space, factorized(space, options))) ?? []).map((spec) => ({
    ...spec,
    name: `${INNER}${spec.name}`,
  }));

/** With the same ranks around another parameterization. */
const another = (
  { rank, energy, layers }: LowRankOptions,
  inner: Part<'parameterization'>,
): Part<'parameterization'> =>
  rank === undefined
    ? lowRank({ energy: energy as number, layers, inner })
    : lowRank({ rank, layers, inner });

/**
 * Low-rank weights (LRD of Mapping Networks): a matrix W `[m, n]` is mean + U V with U `[m, r]` and V `[r, n]`, and the
 * inner parameterization makes U and V, named `LAYER.u` and `LAYER.v`, and all other tensors. Both are N(0, σ/√r) when
 * fresh, so that U V has the variance σ² of a fresh W.
 *
 * `rank` is one for all `layers`, or `{ fc1: 32 }` for those layers alone; `energy` gives each matrix the rank at which a
 * fresh one keeps that part of its squared singular values (`gaussianRank`). A matrix with m·n ≤ r·(m + n) would not
 * become smaller and stays as it is, unless it is named. Convolutions, with `layers: 'all'` or by name, are matrices of
 * (height · width · in) × out.
 *
 * The learning rate is that of `inner`. Of the regularisers `alignment` stays: it is about the latent and the inner map
 * alone. ‖∂θ/∂z‖² of a product is not the inner map's, so there is no `smoothness`.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134), table of add-ons.
 *
 * @throws LOW_RANK_RANK_OR_ENERGY, LOW_RANK_LAYERS_BESIDE_RANKS; when bound to a target LOW_RANK_UNKNOWN_LAYER,
 * LOW_RANK_NOT_A_MATRIX, LOW_RANK_RANK_TOO_LARGE, LOW_RANK_NOTHING_TO_FACTORIZE, LOW_RANK_TOO_MANY_TENSORS
 * @example
 * ```ts
 * import { bias, kernel, mapping, parameterSpace } from '@mapping-networks/core';
 * import { lowRank } from '@mapping-networks/low-rank';
 * const space = parameterSpace([kernel('fc', [784, 100]), bias('fc', 100)]);
 * const trained = (part: ReturnType<typeof lowRank>) => part.impl.bind(space).trainables;
 * console.log(trained(lowRank({ rank: 8 })).map(({ shape }) => shape)); // [[784, 8], [8, 100], [100]]
 * console.log(trained(lowRank({ rank: 8, inner: mapping({ latentDim: 64 }) }))); // [{ name: 'z', shape: [64] }]
 * ```
 */
export const lowRank: Plugin<'parameterization', 'lowRank', LowRankInput, LowRankOptions> = definePlugin({
  kind: 'parameterization',
  name: 'lowRank',
  summary: 'Matrices as products U V of low rank; an inner parameterization makes U, V and the rest.',
  options: z.strictObject(rankFields),
  slots: { inner: { kind: 'parameterization', default: () => direct() } },
  create: (options) => {
    requireRankOptions(`parameterization 'lowRank'`, options);
    const { learningRate, constants } = options.inner.impl;
    return {
      learningRate,
      around: { inner: options.inner, with: (inner) => another(options, inner) },
      ...(constants && { constants: (space) => constantsOf(space, options) }),
      bind: (space, given) => bindLowRank(space, options, given),
    };
  },
});
