// Which matrices of a trained network become U V, and U and V of each, by truncated SVD.
import {
  float32,
  initMoments,
  type ArrayTensor,
  type NamedArrays,
  type ParameterSpace,
} from '@mapping-networks/core';
import type { Factor, Matrix } from '@mapping-networks/runtime/canonical';
import { notFinite } from './errors.ts';
import { factorsOf } from './factors.ts';
import type { RankOptions } from './options.ts';
import { truncatedSvd, type TruncatedSvd, type Truncation } from './truncated-svd.ts';

/** W less the mean of its init, which `lowRank` adds to U V. */
const centred = ({ parameter }: Matrix, weights: NamedArrays): ArrayTensor => {
  const { shape, data } = weights[parameter.name] as ArrayTensor;
  const mean = Math.fround(initMoments(parameter).mean);
  if (!Array.from(data).every(Number.isFinite)) throw notFinite(`Tensor '${parameter.name}'`);
  return mean === 0
    ? { dtype: 'float32', shape, data: Float32Array.from(data) }
    : float32(
        Float32Array.from(data, (value) => value - mean),
        shape,
      );
};

/** A matrix of a trained network, and the U and V closest to it. */
export interface TrainedFactor extends Factor {
  readonly svd: TruncatedSvd;
}

/** Which matrices, and U and V of each. One that would not become smaller costs its singular values and stays. */
export const trainedFactors = (
  space: ParameterSpace,
  weights: NamedArrays,
  options: RankOptions,
): readonly TrainedFactor[] => {
  const known = new Map<string, TruncatedSvd>();
  const svdOf = (matrix: Matrix, truncation: Truncation): TruncatedSvd =>
    truncatedSvd(centred(matrix, weights), truncation);
  const factors = factorsOf(space, options, (matrix, energy) => {
    const svd = svdOf(matrix, { energy });
    known.set(matrix.parameter.name, svd);
    return svd.rank;
  });
  return factors.map((factor) => ({
    ...factor,
    svd: known.get(factor.parameter.name) ?? svdOf(factor, { rank: factor.rank }),
  }));
};
