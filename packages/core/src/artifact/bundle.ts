// A bundle is a trained network as two small files: latent.safetensors and config.json. Here they are bytes and text;
// `@mapping-networks/core/node` reads and writes the folder.
import { bundleTooLarge, checksumMismatch, fingerprintMismatch } from '../errors.ts';
import { requireArgument } from '../argument.ts';
import { modelFingerprint, modelMap, requireModel, type Model } from '../model.ts';
import { resolve, toSpec } from '../plugin/spec.ts';
import { requireRegistry, type Registry } from '../plugin/registry.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { MOST_LOADED_PARAMETERS, MOST_LOADING_OPERATIONS, MOST_TENSORS } from './bounds.ts';
import { readArrays, readConstants, storedArrays, type ExpectedArrays } from './bundle-arrays.ts';
import { bundleChecksum } from './checksum.ts';
import { BUNDLE_VERSION, decodeConfig, encodeConfig, MAP_VERSION, type BundleConfig } from './config.ts';
import type { EncodingConfig } from './latent-encoding.ts';
import { encodeSafetensors, parseSafetensors } from './safetensors.ts';

/** The files of a bundle by name. */
export interface BundleFiles {
  readonly 'latent.safetensors': Uint8Array;
  readonly 'config.json': string;
}

/** What a reader of bundles allows. */
export interface BundleLimits {
  /**
   * Parameters of the network, at most; default 100,000,000. A bundle of a few kilobytes may describe any number, and
   * all are made when it is loaded, in up to 32 bytes each.
   */
  readonly parameters?: number;
  /** Tensors of the network, at most; default 10,000. */
  readonly tensors?: number;
  /** Simple operations of about a nanosecond that making them may take; default 100,000,000,000. */
  readonly operations?: number;
}

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
  ...(model.encoding && { encoding: encodingConfig(model.encoding) }),
  // JSON has no NaN and no infinity: a score that is not a number would make a bundle that cannot be read.
  ...(model.metrics && { metrics: finite(model.metrics) }),
});

/** Without the scales, which stand in the other file. */
const encodingConfig = (encoding: NonNullable<Model['encoding']>): NonNullable<BundleConfig['encoding']> =>
  Object.fromEntries(
    Object.entries(encoding).map(([name, each]): [string, EncodingConfig] => {
      if (!('scales' in each)) return [name, { type: each.type }];
      const { type, block } = each;
      return [name, { type, ...(block !== undefined && { block }) }];
    }),
  );

const finite = (metrics: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));

/**
 * A model as files. The fingerprint of its weights and the checksum of both files are computed and stored.
 *
 * @throws CORE_NON_FINITE_TENSOR for a trainable or a buffer with NaN or infinities: no reader would take it;
 * CORE_OFF_GRID for a trainable that its encoding does not hold, CORE_INVALID_ENCODING
 * @example
 * ```ts
 * import { encodeBundle, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(encodeBundle(model)['latent.safetensors'].length); // 328
 * ```
 */
export const encodeBundle = (model: Model): BundleFiles => {
  requireModel('encodeBundle', model);
  const latent = encodeSafetensors(storedArrays(model));
  const config = bundleConfig(model);
  return {
    'latent.safetensors': latent,
    'config.json': encodeConfig({ ...config, checksum: bundleChecksum(config, latent) }),
  };
};

/**
 * The model of a bundle. Names come from `registry`; sizes, shapes, versions, the checksum and the fingerprint are
 * checked, in this order: nothing large is made before all but the fingerprint are right.
 *
 * @throws CORE_INVALID_CONFIG, CORE_NEWER_BUNDLE, CORE_INVALID_SAFETENSORS, CORE_UNKNOWN_NAME,
 * CORE_BUNDLE_TOO_LARGE, CORE_MISSING_TENSOR, CORE_UNEXPECTED_TENSOR, CORE_WRONG_SHAPE, CORE_NON_FINITE_TENSOR,
 * CORE_INVALID_ENCODING, CORE_CHECKSUM_MISMATCH, CORE_FINGERPRINT_MISMATCH, and what plugins throw for their options and
 * for coded constants
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
export const decodeBundle = (files: BundleFiles, registry: Registry, limits: BundleLimits = {}): Model => {
  requireArgument(
    typeof files?.['config.json'] === 'string' && ArrayBuffer.isView(files['latent.safetensors']),
    'decodeBundle',
    'files',
    "the bytes of 'latent.safetensors' and the text of 'config.json'",
    files,
  );
  requireRegistry('decodeBundle', registry);
  const latent = files['latent.safetensors'];
  const config = decodeConfig(files['config.json']);
  const { arrays } = parseSafetensors(latent, 'latent.safetensors');
  const target = resolve(registry, 'target', config.target);
  requireSize(target.impl.parameters, limits);
  const parameterization = resolve(registry, 'parameterization', config.parameterization);
  const { trainables, operations = 0 } = modelMap({ target, parameterization });
  const constants = parameterization.impl.constants?.(target.impl.parameters) ?? [];
  const all = constants.reduce((sum, { coding }) => sum + (coding?.operations() ?? 0), operations);
  requireAtMost('operations', all, limits.operations ?? MOST_LOADING_OPERATIONS);
  const expected: ExpectedArrays = {
    trainables,
    buffers: target.impl.buffers,
    constants,
    encoding: config.encoding ?? {},
  };
  const read = readArrays(arrays, expected);
  if (config.checksum !== undefined && bundleChecksum(config, latent) !== config.checksum)
    throw checksumMismatch();
  const model: Model = {
    target,
    parameterization,
    ...read,
    ...(constants.length > 0 && { constants: readConstants(arrays, constants, read.trainables) }),
    ...(config.data && { data: config.data }),
    ...(config.metrics && { metrics: config.metrics }),
  };
  const made = modelFingerprint(model);
  if (made !== config.fingerprint) throw fingerprintMismatch(config.fingerprint, made);
  return model;
};

/** Before a map is bound to it: a config of one line may describe more than any machine holds. */
const requireSize = ({ size, parameters }: ParameterSpace, limits: BundleLimits): void => {
  requireAtMost('parameters', size, limits.parameters ?? MOST_LOADED_PARAMETERS);
  requireAtMost('tensors', parameters.length, limits.tensors ?? MOST_TENSORS);
};

const requireAtMost = (what: keyof BundleLimits, count: number, most: number): void => {
  if (!(count <= most)) throw bundleTooLarge(what, count, most);
};
