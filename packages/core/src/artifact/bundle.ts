// A bundle is a trained network as two small files: latent.safetensors and config.json. Here they are bytes and text;
// `@mapping-networks/core/node` reads and writes the folder.
import { prefixed, type ArrayTensor, type NamedArrays, type TensorSpec } from '../arrays.ts';
import { fingerprintMismatch, missingTensor, unexpectedTensor, wrongShape } from '../errors.ts';
import { modelFingerprint, modelMap, type Model } from '../model.ts';
import { resolve, toSpec } from '../plugin/spec.ts';
import type { Registry } from '../plugin/registry.ts';
import { BUNDLE_VERSION, decodeConfig, encodeConfig, MAP_VERSION, type BundleConfig } from './config.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** The files of a bundle by name. */
export interface BundleFiles {
  readonly 'latent.safetensors': Uint8Array;
  readonly 'config.json': string;
}

/** Buffers stand beside the trainables under this prefix. */
const BUFFER = 'buffer/';

/**
 * What `config.json` says of a model.
 *
 * @example
 * ```ts
 * import { bundleConfig, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(bundleConfig(model).target); // { use: 'mlp', inputShape: [28, 28, 1], …}
 * ```
 */
export const bundleConfig = (model: Model): BundleConfig => ({
  format: 'mapping-networks',
  version: BUNDLE_VERSION,
  map: MAP_VERSION,
  target: toSpec(model.target),
  parameterization: toSpec(model.parameterization),
  fingerprint: modelFingerprint(model),
  ...(model.data && { data: model.data }),
  // JSON has no NaN and no infinity: a score that is not a number would make a bundle that cannot be read.
  ...(model.metrics && { metrics: finite(model.metrics) }),
});

const finite = (metrics: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));

/**
 * A model as files. The fingerprint of its weights is computed and stored.
 *
 * @example
 * ```ts
 * import { encodeBundle, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(encodeBundle(model)['latent.safetensors'].length); // 328
 * ```
 */
export const encodeBundle = (model: Model): BundleFiles => ({
  'latent.safetensors': encodeSafetensors({ ...model.trainables, ...prefixed(BUFFER, model.buffers) }),
  'config.json': encodeConfig(bundleConfig(model)),
});

/**
 * The model of a bundle. Names come from `registry`; shapes, versions and the fingerprint are checked.
 *
 * @throws CORE_INVALID_CONFIG, CORE_NEWER_BUNDLE, CORE_INVALID_SAFETENSORS, CORE_UNKNOWN_NAME, CORE_MISSING_TENSOR,
 * CORE_UNEXPECTED_TENSOR, CORE_WRONG_SHAPE, CORE_FINGERPRINT_MISMATCH
 * @example
 * ```ts
 * import { createRegistry, decodeBundle, encodeBundle, hadamard, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const again = decodeBundle(encodeBundle(model), createRegistry([mlp, mapping, hadamard]));
 * console.log(again.target.name, again.trainables['z']?.data.length); // mlp 64
 * ```
 */
export const decodeBundle = (files: BundleFiles, registry: Registry): Model => {
  const config = decodeConfig(files['config.json']);
  const arrays = decodeSafetensors(files['latent.safetensors'], 'latent.safetensors');
  const target = resolve(registry, 'target', config.target);
  const parameterization = resolve(registry, 'parameterization', config.parameterization);
  const { trainables } = modelMap({ target, parameterization });
  const { buffers } = target.impl;
  const take = (specs: readonly TensorSpec[], prefix = ''): NamedArrays =>
    Object.fromEntries(specs.map((spec) => [spec.name, arrayOf(arrays, spec, prefix)]));
  const expected = new Set([
    ...trainables.map(({ name }) => name),
    ...buffers.map(({ name }) => BUFFER + name),
  ]);
  const extra = Object.keys(arrays).find((name) => !expected.has(name));
  if (extra !== undefined) throw unexpectedTensor(extra);
  const model: Model = {
    target,
    parameterization,
    trainables: take(trainables),
    buffers: take(buffers, BUFFER),
    ...(config.data && { data: config.data }),
    ...(config.metrics && { metrics: config.metrics }),
  };
  const made = modelFingerprint(model);
  if (made !== config.fingerprint) throw fingerprintMismatch(config.fingerprint, made);
  return model;
};

/** The array of a spec, stored as `prefix` and its name. */
const arrayOf = (arrays: NamedArrays, { name, shape }: TensorSpec, prefix: string): ArrayTensor => {
  const stored = prefix + name;
  const array = Object.hasOwn(arrays, stored) ? arrays[stored] : undefined;
  if (!array) throw missingTensor(stored, Object.keys(arrays));
  const fits = array.dtype === 'float32' && array.shape.join() === shape.join();
  if (!fits) throw wrongShape(stored, shape, array.shape, array.dtype);
  return array;
};
