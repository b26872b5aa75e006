// A mapping piece by piece: each branch in chunks of rows, where its projection can be cut. The engine computes σ(u) of a
// chunk; scales differ from tensor to tensor, so that they are applied where the values are put into θ.
import { activationNormalizer, tensorScales } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { float32, prefixed, unprefixed, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { MapChunks } from '../contracts/parameterization.ts';
import type { ProjectionChunks } from '../contracts/projection.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { placeScaled } from '../space/scaling.ts';
import { activationFunctions } from './activation.ts';
import type { Branch } from './branch.ts';
import type { MappingOptions } from './options.ts';
import { preactivation } from './preactivation.ts';

/** A branch whose projections are cut. */
export interface BranchChunks {
  readonly rows: number;
  readonly count: number;
  /** Those that are used, by the name under which tensors call them. */
  readonly cut: Readonly<{ projection: ProjectionChunks; modulation?: ProjectionChunks }>;
}

/** Undefined where a projection cannot be cut, or is trained. */
export const branchChunks = (
  { rows, projection, modulation }: Branch,
  options: MappingOptions,
  size: number,
): BranchChunks | undefined => {
  const cut = projection.chunks?.(size);
  if (!cut || options.train.includes('projection')) return undefined;
  const shape = { rows: cut.rows, count: Math.ceil(rows / cut.rows) };
  if (options.modulation.type !== 'linear') return { ...shape, cut: { projection: cut } };
  const other = modulation.chunks?.(size);
  return other && { ...shape, cut: { projection: cut, modulation: other } };
};

/** All of θ in chunks; undefined unless every branch can be cut. `latents` are those that are not trained. */
export const mappingChunks = (
  space: ParameterSpace,
  branches: readonly Branch[],
  options: MappingOptions,
  size: number,
  latents: NamedArrays,
): readonly MapChunks[] | undefined => {
  const scales = tensorScales(space, activationNormalizer(options.activation));
  const all = branches.map((branch): MapChunks | undefined => {
    const chunks = branchChunks(branch, options, size);
    if (!chunks) return undefined;
    const { rows, count } = chunks;
    return {
      count,
      frozen: () => tables(branch, chunks, (each) => each.frozen()),
      inputs: (k, trainables, reuse) => ({
        ...tables(branch, chunks, (each, name) => each.table(k, reuse && unprefixed(name, reuse))),
        ...ownTrainables(branch, { ...latents, ...trainables }),
        ...biasOf(trainables, branch.offset + k * rows, rows),
      }),
      forward: (inputs) => valuesOf(branch, chunks, options, inputs),
      place: (k, values, theta) => {
        const end = Math.min(branch.offset + branch.rows, branch.offset + (k + 1) * rows);
        placeScaled(scales, values, branch.offset + k * rows, theta.subarray(0, end));
      },
    };
  });
  return all.every((each) => each !== undefined) ? all : undefined;
};

const tables = (
  { prefix }: Branch,
  { cut }: BranchChunks,
  arraysOf: (chunks: ProjectionChunks, name: string) => NamedArrays,
): NamedArrays =>
  Object.assign(
    {},
    ...Object.entries(cut).map(([name, chunks]) =>
      prefixed(`${prefix}${name}/`, arraysOf(chunks, `${prefix}${name}/`)),
    ),
  );

/** z and m of a branch. */
const ownTrainables = ({ prefix }: Branch, arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(
    [`${prefix}z`, `${prefix}m`].flatMap((name) => {
      const array = arrays[name];
      return array ? [[name, array]] : [];
    }),
  );

/** The bias of `rows` values from `begin` on, filled up with zeros. */
const biasOf = ({ b }: NamedArrays, begin: number, rows: number): NamedArrays => {
  if (b?.dtype !== 'float32') return {};
  const own = b.data.subarray(begin, begin + rows);
  if (own.length === rows) return { b: float32(own) };
  const filled = new Float32Array(rows);
  filled.set(own);
  return { b: float32(filled) };
};

/** σ(u + b) of a chunk. */
const valuesOf = (
  { prefix, latentDim }: Branch,
  { cut: { projection, modulation = projection } }: BranchChunks,
  options: MappingOptions,
  inputs: NamedTensors,
): tf.Tensor1D => {
  const u = preactivation({ prefix, latentDim, projection, modulation }, options.modulation, inputs);
  const bias = inputs['b'] as tf.Tensor1D | undefined;
  return activationFunctions(options.activation).forward(bias ? tf.add<tf.Tensor1D>(u, bias) : u);
};
