// A bundle is a trained network as two small files: latent.safetensors and config.json. Here they are bytes and text;
// `@mapping-networks/core/node` reads and writes the folder.
import { prefixed, unprefixed, type NamedArrays, type TensorSpec } from '../arrays.ts';
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

/** What `config.json` says of a model. */
export const bundleConfig = (model: Model): BundleConfig => ({
  format: 'mapping-networks',
  version: BUNDLE_VERSION,
  map: MAP_VERSION,
  target: toSpec(model.target),
  parameterization: toSpec(model.parameterization),
  fingerprint: modelFingerprint(model),
  ...(model.data && { data: model.data }),
  ...(model.metrics && { metrics: model.metrics }),
});

/**
 * A model as files. The fingerprint of its weights is computed and stored.
 *
 * @example
 * ```ts
 * import { encodeBundle, type Model } from '@mapping-networks/core';
 * export const bytes = (model: Model): number => encodeBundle(model)['latent.safetensors'].length;
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
 */
export const decodeBundle = (files: BundleFiles, registry: Registry): Model => {
  const config = decodeConfig(files['config.json']);
  const arrays = decodeSafetensors(files['latent.safetensors'], 'latent.safetensors');
  const target = resolve(registry, 'target', config.target);
  const parameterization = resolve(registry, 'parameterization', config.parameterization);
  const { trainables } = modelMap({ target, parameterization });
  const buffers = target.impl.buffers;
  checkTensors(arrays, [
    ...trainables,
    ...buffers.map(({ name, shape }) => ({ name: BUFFER + name, shape })),
  ]);
  const model: Model = {
    target,
    parameterization,
    trainables: Object.fromEntries(Object.entries(arrays).filter(([name]) => !name.startsWith(BUFFER))),
    buffers: unprefixed(BUFFER, arrays),
    ...(config.data && { data: config.data }),
    ...(config.metrics && { metrics: config.metrics }),
  };
  const made = modelFingerprint(model);
  if (made !== config.fingerprint) throw fingerprintMismatch(config.fingerprint, made);
  return model;
};

const checkTensors = (arrays: NamedArrays, specs: readonly TensorSpec[]): void => {
  for (const { name, shape } of specs) {
    const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    if (!array) throw missingTensor(name, Object.keys(arrays));
    const fits = array.dtype === 'float32' && array.shape.join() === shape.join();
    if (!fits) throw wrongShape(name, shape, array.shape, array.dtype);
  }
  const extra = Object.keys(arrays).find((name) => !specs.some((spec) => spec.name === name));
  if (extra !== undefined) throw unexpectedTensor(extra);
};
