// A trained network with its matrices replaced by the closest ones of low rank, trainable as such.
import {
  definePlugin,
  direct,
  directTrainables,
  modelParameters,
  requireModel,
  type Model,
  type ParameterSpace,
  type PassContext,
  type PassResult,
  type Plugin,
} from '@mapping-networks/core';
import { isMatrix, type Factor } from '@mapping-networks/runtime/canonical';
import { z } from 'zod';
import { cannotFineTune } from './errors.ts';
import { factorSpace } from './factor-space.ts';
import { lowRank } from './low-rank.ts';
import { rankFields, requireRankOptions, type RankInput, type RankOptions } from './options.ts';
import { trainedFactors, type TrainedFactor } from './trained-factors.ts';

/** How a factorized network is trained on. */
export interface FactorizeFineTuning {
  /** Passes over the training split, above 0 and at most 10,000; a fraction is a part of one. */
  readonly epochs: number;
  /** Peak learning rate, above 0 and at most 100; default: that of `direct`. */
  readonly learningRate?: number;
}

/** The whole options of `factorize`. */
export interface FactorizeOptions extends RankOptions {
  /** Absent: not at all. */
  readonly fineTune?: FactorizeFineTuning;
}

/** What a user gives: `rank` or `energy`, and whatever has a default if another is wanted. */
export type FactorizeInput = RankInput & { readonly fineTune?: FactorizeFineTuning };

const schema = z.strictObject({
  ...rankFields,
  fineTune: z
    .strictObject({
      epochs: z.number().gt(0).max(10_000).describe('Passes over the training split.'),
      learningRate: z.number().gt(0).max(100).exactOptional().describe('Peak learning rate.'),
    })
    .exactOptional()
    .describe('How the factorized network is trained on.'),
});

/** Ranks under the names of layers, and of tensors where a layer has several matrices. */
const ranksOf = (
  { parameters }: ParameterSpace,
  factors: readonly TrainedFactor[],
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    factors.map(({ parameter: { name, layer }, rank }) => {
      const alone = parameters.filter((other) => other.layer === layer && isMatrix(other)).length === 1;
      return [alone ? layer : name, rank];
    }),
  );

const stemOf = ({ u }: Factor): string => u.slice(0, -'.u'.length);

const detailsOf = (factors: readonly TrainedFactor[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    factors.flatMap((factor) => [
      [`rank ${stemOf(factor)}`, factor.rank],
      [`energy ${stemOf(factor)}`, factor.svd.energy],
      [`parameters ${stemOf(factor)}`, factor.rank * (factor.rows + factor.columns)],
    ]),
  );

const told = (factor: TrainedFactor): string => {
  const { rows, columns, rank, svd } = factor;
  const share = `${(100 * svd.energy).toFixed(1)} %`;
  return `${stemOf(factor)}: rank ${rank} keeps ${share} of the energy in ${rank * (rows + columns)} numbers instead of ${rows * columns}.`;
};

const factorizeModel = async (
  { fineTune, ...options }: FactorizeOptions,
  model: Model,
  context: PassContext,
): Promise<PassResult> => {
  requireModel('factorize', model);
  if (fineTune && !context.fineTune) throw cannotFineTune();
  const space = model.target.impl.parameters;
  const weights = modelParameters(model);
  const factors = trainedFactors(space, weights, options);
  for (const factor of factors) context.say?.(told(factor));
  const values = Object.fromEntries(
    factors.flatMap(({ u, v, svd }) => [
      [u, svd.u],
      [v, svd.v],
    ]),
  );
  const { metrics: _stale, constants: _replaced, encoding: _grids, ...kept } = model;
  const smaller: Model = {
    ...kept,
    parameterization: lowRank({
      rank: ranksOf(space, factors),
      inner: direct(),
    }),
    trainables: directTrainables(factorSpace(space, factors), { ...weights, ...values }),
  };
  const trained = fineTune && (await context.fineTune?.(smaller, fineTune));
  return { model: trained ?? smaller, details: detailsOf(factors) };
};

/**
 * Factorizes a trained network: chosen matrices become the closest ones of low rank (truncated SVD), and its
 * parameterization `lowRank({ rank: { … }, inner: direct() })`, whose trainables are U√Σ, √ΣV and all other tensors as they
 * were. A network that was generated from a latent is trained directly from there on.
 *
 * With `energy` each matrix gets the lowest rank that keeps that part of its own squared singular values. What would not
 * become smaller stays as it is, unless it is named. `fineTune` trains U, V and the rest on.
 *
 * Details: `rank LAYER`, `energy LAYER` (the part kept) and `parameters LAYER` (numbers in U and V).
 *
 * @throws LOW_RANK_RANK_OR_ENERGY, LOW_RANK_LAYERS_BESIDE_RANKS; when applied LOW_RANK_UNKNOWN_LAYER,
 * LOW_RANK_NOT_A_MATRIX, LOW_RANK_RANK_TOO_LARGE, LOW_RANK_NOTHING_TO_FACTORIZE, LOW_RANK_NOT_FINITE,
 * LOW_RANK_CANNOT_FINE_TUNE
 * @example
 * ```ts
 * import { applyPasses, direct, float32, modelMap } from '@mapping-networks/core';
 * import { factorize } from '@mapping-networks/low-rank';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp({ hidden: [32] }), parameterization: direct() };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const context = {
 *   evaluate: async () => ({ loss: 0 }),
 *   outputs: async () => float32(new Float32Array(10), [1, 10]),
 * };
 * const { reports } = await applyPasses(model, [factorize({ rank: { fc1: 8 } })], context);
 * console.log(reports[0]?.details); // { 'rank fc1': 8, 'energy fc1': 0.3…, 'parameters fc1': 6528 }
 * ```
 */
export const factorize: Plugin<'pass', 'factorize', FactorizeInput, FactorizeOptions> = definePlugin({
  kind: 'pass',
  name: 'factorize',
  summary: 'Truncated SVD of a trained network: matrices become U V of a rank, or of an energy.',
  options: schema,
  slots: {},
  create: (options) => {
    requireRankOptions(`pass 'factorize'`, options);
    return { stage: 'factorize', apply: (model, context) => factorizeModel(options, model, context) };
  },
});
