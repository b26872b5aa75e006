// `mapping` as config.json records it: its options, the tensors it needs, and θ of them.
import { unknownName } from '../errors.ts';
import {
  choice,
  isRecord,
  list,
  oneOf,
  optional,
  real,
  record,
  requireValid,
  text,
  whole,
  type Check,
  type Fields,
} from '../files/check.ts';
import { branchSpans, generateMapping, type GeneratorPart } from '../mapping/generate.ts';
import type { Activation, Allocation, Modulation } from '../mapping/options.ts';
import { dense } from '../projection/dense-projection.ts';
import { hadamard, oneHot } from '../projection/hadamard.ts';
import { randomKey } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { layerSpans, type ParameterSpace } from '../space/parameter.ts';
import {
  floats,
  type NeededTensor,
  type RuntimeParameterization,
  type RuntimeProjection,
  type Tensors,
} from './binding.ts';

const TRAINED = ['latent', 'bias', 'projection'];

const typed = (value: unknown): object => (isRecord(value) ? value : { type: value });

/** An object with `type`, or its bare name. */
const brief = (types: Readonly<Record<string, Fields>>): Check =>
  optional((value) => choice(types)(typed(value)));

const strength = { alpha: optional(real(-100, 100)) };
const dimension = whole(1, 2 ** 30);

const isMapping = record({
  use: text,
  latentDim: dimension,
  strategy: optional(oneOf('single', 'layerwise')),
  allocation: (value) => list(dimension, 1)(value) || optional(oneOf('sqrt', 'proportional'))(value),
  projection: () => true,
  activation: brief({ identity: {}, tanh: {}, sin: { omega: optional(real(0.01, 100)) } }),
  modulation: brief({ none: {}, additive: strength, linear: strength, vector: strength }),
  train: optional(
    (value) => list(oneOf(...TRAINED), 1)(value) && new Set(value as []).size === (value as []).length,
  ),
  seed: optional(whole(0)),
});

interface Options {
  readonly latentDim: number;
  readonly strategy?: 'single' | 'layerwise';
  readonly allocation?: Allocation;
  readonly projection?: unknown;
  readonly activation?: unknown;
  readonly modulation?: unknown;
  readonly train?: readonly string[];
  readonly seed?: number;
}

const PROJECTIONS: Readonly<Record<string, RuntimeProjection>> = { hadamard, oneHot, dense };

/** The projection of a spec, a name or an object with `use` and nothing else. */
const projectionOf = (spec: unknown): RuntimeProjection => {
  const use = isRecord(spec) && Object.keys(spec).length === 1 ? spec['use'] : spec;
  requireValid(text(use), 'projection');
  if (!Object.hasOwn(PROJECTIONS, use as string)) throw unknownName(use as string);
  return PROJECTIONS[use as string] as RuntimeProjection;
};

/** Whether the latent can be shared among the layers as it says. */
const fits = (
  { layers, size }: ParameterSpace,
  dim: number,
  layerwise: boolean,
  listed?: readonly number[],
): boolean =>
  layerwise
    ? listed
      ? listed.length === layers.length &&
        layers.every((layer, i) => (listed[i] as number) <= layer.size) &&
        listed.reduce((sum, each) => sum + each) === dim
      : dim >= layers.length && dim <= size
    : !listed && dim <= size;

/**
 * `mapping` of core with all its options and projections; `load` by itself knows the plain one. For option
 * `parameterizations` of `load`.
 *
 * @example
 * ```ts
 * import { encodeBundle, mapping as trained, modelMap } from '@mapping-networks/core';
 * import { mapping, load, mlp } from '@mapping-networks/runtime';
 * import { mlp as target } from '@mapping-networks/targets';
 * const parts = { target: target(), parameterization: trained({ latentDim: 64, activation: 'tanh' }) };
 * const files = encodeBundle({ ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * const network = await load(files, { targets: { mlp }, parameterizations: { mapping } });
 * console.log(network.theta.length); // 101770
 * ```
 */
export const mapping: RuntimeParameterization = (spec: unknown, placed) => {
  const space: ParameterSpace = { ...placed, layers: layerSpans(placed.parameters) };
  requireValid(isMapping(spec), 'mapping');
  const {
    latentDim,
    strategy = 'single',
    allocation = 'sqrt',
    projection = 'hadamard',
    activation = 'identity',
    modulation = 'none',
    train = ['latent'],
    seed = 0,
  } = spec as Options;
  const bind = projectionOf(projection);
  const [latent, bias, matrix] = TRAINED.map((what) => train.includes(what));
  const listed = typeof allocation === 'string' ? undefined : allocation;
  requireValid(fits(space, latentDim, strategy !== 'single', listed), 'mapping');
  const functions = {
    activation: { omega: 2, ...typed(activation) } as Activation,
    modulation: { alpha: 0.1, ...typed(modulation) } as Modulation,
  };
  const { type } = functions.modulation;
  const needs: NeededTensor[] = [];
  let operations = 0;
  const parts = branchSpans(space, { latentDim, strategy, allocation, seed }).map((span) => {
    const { prefix, offset, rows, latentDim: columns } = span;
    const w = bind(rows, columns, span.key);
    const b = bind(rows, columns, span.modulationKey);
    requireValid(!matrix || !!w.trainable, 'mapping');
    operations += (matrix ? 2 * rows * columns : w.operations) + (type === 'linear' ? b.operations : 0);
    const [z, m, W] = ['z', 'm', 'projection/W'].map((name) => prefix + name) as [string, string, string];
    if (latent) needs.push({ name: z, shape: [columns] });
    if (type === 'vector') needs.push({ name: m, shape: [columns] });
    if (matrix) needs.push({ name: W, shape: [rows, columns] });
    return (tensors: Tensors): GeneratorPart => ({
      offset,
      z: floats(tensors, z) ?? normal(randomKey(seed, 'latent', prefix), columns),
      m: floats(tensors, m),
      project: (x) => w.project(x, floats(tensors, W)),
      modulate: (x) => b.project(x),
    });
  });
  if (bias) needs.push({ name: 'b', shape: [space.size] });
  return {
    needs,
    operations,
    generate: (tensors) =>
      generateMapping(
        space,
        parts.map((part) => part(tensors)),
        functions,
        floats(tensors, 'b'),
      ),
  };
};
