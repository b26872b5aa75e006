// A branch is one latent and the rows of θ that it generates: the whole network (SLVT) or one layer (LWT). It names its
// tensors below a prefix: `z`, `m`, `projection/…`, `modulation/…` of the only branch, `conv1/z`, … of a layer's.
import { branchSpans, type BranchSpan } from '@mapping-networks/runtime/canonical';
import type * as tf from '@tensorflow/tfjs-core';
import { prefixed, unprefixed, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { BoundProjection } from '../contracts/projection.ts';
import type { RandomRows } from '../random/rows.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { allocate } from './allocation.ts';
import type { MappingOptions } from './options.ts';

export interface Branch extends BranchSpan {
  readonly projection: BoundProjection;
  /** b of `linear` modulation: the same projection under another key. */
  readonly modulation: BoundProjection;
}

/** What of a branch makes u of z on tensors: of the whole, or of one chunk of its rows. */
export interface LinearPart {
  readonly prefix: string;
  readonly latentDim: number;
  readonly projection: Pick<BoundProjection, 'forward'>;
  readonly modulation: Pick<BoundProjection, 'forward'>;
}

/** The branches of a mapping over a space, in the order of θ. */
export const branchesOf = (space: ParameterSpace, options: MappingOptions): readonly Branch[] => {
  if (options.strategy === 'layerwise') allocate(space, options.latentDim, options.allocation);
  return branchSpans(space, options).map((span): Branch => {
    const { rows, latentDim, key, modulationKey } = span;
    return {
      ...span,
      projection: options.projection.impl.bind(rows, latentDim, key),
      modulation: options.projection.impl.bind(rows, latentDim, modulationKey),
    };
  });
};

/** The constants of a branch's projections under their full names; those of b only where it is used. */
export const branchFrozen = (branch: Branch, { modulation }: MappingOptions): NamedArrays => ({
  ...prefixed(`${branch.prefix}projection/`, branch.projection.frozen()),
  ...(modulation.type === 'linear' && prefixed(`${branch.prefix}modulation/`, branch.modulation.frozen())),
});

/** What those constants are made of. */
export const branchRandomRows = (
  { projection, modulation }: Branch,
  options: MappingOptions,
): readonly RandomRows[] => [
  ...(projection.randomRows?.() ?? []),
  ...(options.modulation.type === 'linear' ? (modulation.randomRows?.() ?? []) : []),
];

/** The latent z of a branch. */
export const latentOf = ({ prefix }: Pick<Branch, 'prefix'>, tensors: NamedTensors): tf.Tensor1D =>
  tensors[`${prefix}z`] as tf.Tensor1D;

/** The trained modulation vector m of a branch. */
export const vectorOf = ({ prefix }: Pick<Branch, 'prefix'>, tensors: NamedTensors): tf.Tensor1D =>
  tensors[`${prefix}m`] as tf.Tensor1D;

/** W x of a branch. */
export const projected = (
  { prefix, projection }: LinearPart,
  x: tf.Tensor1D,
  tensors: NamedTensors,
): tf.Tensor1D => projection.forward(x, unprefixed(`${prefix}projection/`, tensors));

/** Wᵀ g of a branch. */
export const projectedBack = (
  { prefix, projection }: Branch,
  g: tf.Tensor1D,
  tensors: NamedTensors,
): tf.Tensor1D => projection.adjoint(g, unprefixed(`${prefix}projection/`, tensors));

/** B x of a branch, b of `linear` modulation. */
export const modulationProjected = (
  { prefix, modulation }: LinearPart,
  x: tf.Tensor1D,
  tensors: NamedTensors,
): tf.Tensor1D => modulation.forward(x, unprefixed(`${prefix}modulation/`, tensors));
