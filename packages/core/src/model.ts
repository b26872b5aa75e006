// A model is a trained network as it is stored: parts, trainables, buffers. Its weights are a function of these.
import { requireArgument } from './argument.ts';
import type { NamedArrays } from './arrays.ts';
import type { DatasetInfo } from './contracts/dataset.ts';
import type { ParameterMap } from './contracts/parameterization.ts';
import { fingerprint } from './artifact/fingerprint.ts';
import type { LatentEncoding } from './artifact/latent-encoding.ts';
import { isPart, type Part } from './plugin/part.ts';
import { cut } from './space/flat.ts';

/** What a user of the network must know of the data it was trained on. */
export type DataSummary = Pick<DatasetInfo, 'name' | 'inputShape' | 'task' | 'classes' | 'normalization'>;

/** A trained network as it is stored: two parts, the trained numbers, the buffers. Its weights follow from these. */
export interface Model {
  readonly target: Part<'target'>;
  readonly parameterization: Part<'parameterization'>;
  readonly trainables: NamedArrays;
  readonly buffers: NamedArrays;
  /** What the parameterization needs beside a seed, such as a mask; absent where it needs nothing. */
  readonly constants?: NamedArrays;
  /** Trainables that a bundle stores in fewer bits, by name: each lies on its grid. */
  readonly encoding?: Readonly<Record<string, LatentEncoding>>;
  /** Absent for models that no dataset has trained. */
  readonly data?: DataSummary;
  /** Scores at the time of saving, such as `{ 'test.accuracy': 0.97 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/**
 * Refuses what is no model, for functions that take one.
 *
 * @throws CORE_INVALID_ARGUMENT unless `model` holds a target, a parameterization, trainables and buffers
 * @example
 * ```ts
 * import { mapping, modelMap, requireModel } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * requireModel('evaluate', { ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * ```
 */
export const requireModel = (call: string, model: Model): void => {
  requireParts(call, model);
  const { trainables, buffers } = model;
  const fits = [trainables, buffers].every((arrays) => typeof arrays === 'object' && arrays !== null);
  requireArgument(fits, call, 'model', 'a model, with trainables and buffers', model);
};

const requireParts = (call: string, parts: Pick<Model, 'target' | 'parameterization'>): void =>
  requireArgument(
    isPart(parts?.target, 'target') && isPart(parts.parameterization, 'parameterization'),
    call,
    'model',
    'a model, with a target and a parameterization',
    parts,
  );

/**
 * The map from a model's trainables to its weights.
 *
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * console.log(modelMap(parts).trainables); // [{ name: 'z', shape: [64] }]
 * ```
 */
export const modelMap = (model: Pick<Model, 'target' | 'parameterization' | 'constants'>): ParameterMap => {
  requireParts('modelMap', model);
  return model.parameterization.impl.bind(model.target.impl.parameters, model.constants);
};

/**
 * θ of a model by the canonical generator, flat: the same bits on every machine.
 *
 * @example
 * ```ts
 * import { mapping, modelMap, modelTheta } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(modelTheta(model).length); // 101770
 * ```
 */
export const modelTheta = (model: Model): Float32Array => {
  requireModel('modelTheta', model);
  return modelMap(model).generate(model.trainables);
};

/**
 * The weights of a model by name, in their shapes.
 *
 * @example
 * ```ts
 * import { mapping, modelMap, modelParameters } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(modelParameters(model)['fc2.kernel']?.shape); // [128, 10]
 * ```
 */
export const modelParameters = (model: Model): NamedArrays => {
  requireModel('modelParameters', model);
  return cut(model.target.impl.parameters, modelTheta(model));
};

/**
 * The fingerprint of a model's weights.
 *
 * @example
 * ```ts
 * import { mapping, modelFingerprint, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(modelFingerprint(model).slice(0, 8)); // effa49ab
 * ```
 */
export const modelFingerprint = (model: Model): string => {
  requireModel('modelFingerprint', model);
  return fingerprint(modelTheta(model));
};
