// The mapping itself: θ = mean + s·σ(u(z) + b), from a latent and a fixed seeded map to all parameters of a target.
import {
  activationNormalizer,
  generateMapping,
  tensorScales,
  type GeneratorPart,
} from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import {
  float32,
  unprefixed,
  zeros,
  type NamedArrays,
  type NamedTensors,
  type TensorSpec,
} from '../arrays.ts';
import type { ParameterMap } from '../contracts/parameterization.ts';
import { latentTooLarge, projectionNotTrainable } from '../errors.ts';
import { definePlugin, type Plugin } from '../plugin/plugin.ts';
import { hadamard } from '../projection/hadamard/hadamard.ts';
import { randomKey } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { activationFunctions } from './activation.ts';
import { branchesOf, branchFrozen, branchRandomRows, type Branch } from './branch.ts';
import { mappingSchema, type MappingInput, type MappingOptions } from './options.ts';
import { branchChunks, mappingChunks } from './chunks.ts';
import { preactivation } from './preactivation.ts';
import { alignment, biased, smoothness } from './regularizers.ts';
import { scaledTensors } from '../space/scaling.ts';

/** What training changes in one branch: z, m, and the projection's own arrays. */
const branchTrainables = (
  { prefix, latentDim, projection }: Branch,
  options: MappingOptions,
): readonly TensorSpec[] => [
  ...(options.train.includes('latent') ? [{ name: `${prefix}z`, shape: [latentDim] }] : []),
  ...(options.modulation.type === 'vector' ? [{ name: `${prefix}m`, shape: [latentDim] }] : []),
  ...(options.train.includes('projection')
    ? projection.trainable.map(({ name, shape }) => ({ name: `${prefix}projection/${name}`, shape }))
    : []),
];

/** z ~ N(0, 1) of every branch. */
const freshLatents = (branches: readonly Branch[], seed: number): NamedArrays =>
  Object.fromEntries(
    branches.map(({ prefix, latentDim }) => [
      `${prefix}z`,
      float32(normal(randomKey(seed, 'latent', prefix), latentDim)),
    ]),
  );

/** Entries of `arrays` that are in `specs`, zeros for the rest: m and b start at 0, z and W where the map has them. */
const startingFrom = (arrays: NamedArrays, specs: readonly TensorSpec[]): NamedArrays =>
  Object.fromEntries(specs.map(({ name, shape }) => [name, arrays[name] ?? zeros(shape)]));

const without = (arrays: NamedArrays, specs: readonly TensorSpec[]): NamedArrays =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => !specs.some((spec) => spec.name === name)));

/** Values that the canonical generator makes at once: what lies between is small, and stays near the processor. */
const CANONICAL_CHUNK = 2 ** 16;

/** A branch in chunks where it can be cut, whole where it cannot. */
const canonicalParts = (
  branch: Branch,
  options: MappingOptions,
  arrays: NamedArrays,
): readonly GeneratorPart[] => {
  const { prefix, offset } = branch;
  const data = (name: string): Float32Array => arrays[prefix + name]?.data as Float32Array;
  const own = { z: data('z'), m: data('m') };
  const chunks = branchChunks(branch, options, CANONICAL_CHUNK);
  if (!chunks) {
    const given = unprefixed(`${prefix}projection/`, arrays);
    const project = (z: Float32Array): Float32Array => branch.projection.project(z, given);
    return [{ ...own, offset, project, modulate: (z) => branch.modulation.project(z) }];
  }
  const { projection, modulation = projection } = chunks.cut;
  return Array.from({ length: chunks.count }, (_, k) => ({
    ...own,
    offset: offset + k * chunks.rows,
    project: (z) => projection.project(k, z),
    modulate: (z) => modulation.project(k, z),
  }));
};

const generate = (
  space: ParameterSpace,
  branches: readonly Branch[],
  options: MappingOptions,
  arrays: NamedArrays,
): Float32Array => {
  const parts = branches.flatMap((branch) => canonicalParts(branch, options, arrays));
  return generateMapping(space, parts, options, arrays['b']?.data);
};

const materialize = (
  space: ParameterSpace,
  branches: readonly Branch[],
  options: MappingOptions,
  tensors: NamedTensors,
): NamedTensors => {
  const { forward } = activationFunctions(options.activation);
  const parts = branches.map((branch) =>
    forward(biased(branch, preactivation(branch, options.modulation, tensors), tensors)),
  );
  return scaledTensors(tensorScales(space, activationNormalizer(options.activation)), tf.concat(parts));
};

/** Products with W, and with b where z modulates by one; a trained W is given, and only multiplied with. */
const operationsOf = (branches: readonly Branch[], { train, modulation }: MappingOptions): number =>
  branches.reduce((sum, { rows, latentDim, projection }) => {
    const seeded = projection.operations ?? 0;
    const made = train.includes('projection') ? 2 * rows * latentDim : seeded;
    return sum + made + (modulation.type === 'linear' ? seeded : 0);
  }, 0);

const bindMapping = (space: ParameterSpace, options: MappingOptions): ParameterMap => {
  if (options.latentDim > space.size) throw latentTooLarge(options.latentDim, 1, space.size);
  const branches = branchesOf(space, options);
  const trainsProjection = options.train.includes('projection');
  if (trainsProjection && branches.some(({ projection }) => projection.trainable.length === 0)) {
    throw projectionNotTrainable(options.projection.name);
  }
  const trainables = branches.flatMap((branch) => branchTrainables(branch, options));
  if (options.train.includes('bias')) trainables.push({ name: 'b', shape: [space.size] });
  // The latent of the map's own seed, where training leaves it alone.
  const fixedLatents = (): NamedArrays => freshLatents(branches, options.seed);
  const projections = (seeded: readonly Branch[]): NamedArrays =>
    Object.assign({}, ...seeded.map((branch) => branchFrozen(branch, options)));
  // A projection that is trained starts from the run's seed, as everything that is trained.
  const freshProjections = (seed: number): NamedArrays =>
    trainsProjection ? projections(branchesOf(space, { ...options, seed })) : {};
  const regular = options.train.includes('latent') && !trainsProjection;
  return {
    space,
    trainables,
    init: (seed) => startingFrom({ ...freshProjections(seed), ...freshLatents(branches, seed) }, trainables),
    frozen: () => without({ ...projections(branches), ...fixedLatents() }, trainables),
    randomRows: () => branches.flatMap((branch) => branchRandomRows(branch, options)),
    materialize: (values, frozen) => materialize(space, branches, options, { ...frozen, ...values }),
    generate: (values) => generate(space, branches, options, { ...fixedLatents(), ...values }),
    operations: operationsOf(branches, options),
    chunks: (size) => mappingChunks(space, branches, options, size, fixedLatents()),
    regularizers: regular
      ? { smoothness: smoothness(space, branches, options), alignment: alignment(branches, options) }
      : {},
  };
};

/**
 * A Mapping Network (Sen & Mukherjee, CVPR 2026): θ_j = mean + s_j·σ(u_j(z)), where u is a fixed seeded projection of
 * the latent z, optionally modulated by z, and mean and s_j give each tensor the size of its fresh initialisation.
 * With `single` one z serves the whole network (SLVT), with `layerwise` each layer has its own (LWT).
 *
 * The regularisers (exact smoothness and alignment) exist while z is trained and the projection is not.
 *
 * @throws CORE_LATENT_TOO_LARGE, CORE_INVALID_ALLOCATION, CORE_PROJECTION_NOT_TRAINABLE when bound to a target
 * @example
 * ```ts
 * import { bias, kernel, mapping, parameterSpace } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('fc', [784, 10]), bias('fc', 10)]);
 * const map = mapping({ latentDim: 64 }).impl.bind(space);
 * console.log(map.generate(map.init(0)).length); // 7850
 * ```
 */
export const mapping: Plugin<'parameterization', 'mapping', MappingInput, MappingOptions> = definePlugin({
  kind: 'parameterization',
  name: 'mapping',
  summary: 'A latent vector through a fixed seeded map: one for the network (SLVT) or one a layer (LWT).',
  options: mappingSchema,
  slots: { projection: { kind: 'projection', default: () => hadamard() } },
  create: (options) => ({
    // Values of unit variance move by whole units; W and b have P times as many numbers and need smaller steps.
    learningRate: options.train.length === 1 && options.train[0] === 'latent' ? 0.15 : 0.01,
    bind: (space) => bindMapping(space, options),
  }),
});
