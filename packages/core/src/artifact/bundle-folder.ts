// A bundle as a folder on disk.
import { join } from 'node:path';
import { requireText } from '../argument.ts';
import { cannotWrite, invalidConfig } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Registry } from '../plugin/registry.ts';
import { atomicWriteAll } from './atomic-write.ts';
import { MOST_CONFIG_BYTES, MOST_TENSOR_FILE_BYTES } from './bounds.ts';
import { decodeBundle, encodeBundle, type BundleLimits } from './bundle.ts';
import { makeFolder } from './make-folder.ts';
import { readRegularFile } from './read-file.ts';

const LATENT = 'latent.safetensors';
const CONFIG = 'config.json';

/** Where a bundle was written, and how large its files are. */
export interface SavedBundle {
  readonly folder: string;
  /** Bytes of each file. */
  readonly latentBytes: number;
  readonly configBytes: number;
}

/**
 * Writes a model to a folder, which is made where it does not exist. The files are replaced atomically, and only once
 * both are on the disk.
 *
 * @throws CORE_CANNOT_WRITE
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { saveBundle } from '@mapping-networks/core/node';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log((await saveBundle('saved', model)).latentBytes); // 328
 * ```
 */
export const saveBundle = async (folder: string, model: Model): Promise<SavedBundle> => {
  requireText('saveBundle', 'folder', folder);
  const files = encodeBundle(model);
  try {
    await makeFolder(folder);
    await atomicWriteAll(folder, { [LATENT]: files[LATENT], [CONFIG]: files[CONFIG] });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  return { folder, latentBytes: files[LATENT].length, configBytes: Buffer.byteLength(files[CONFIG]) };
};

/**
 * Reads a model from a folder; everything that `decodeBundle` checks is checked. Only regular files are read, config.json
 * up to 1 MiB and latent.safetensors up to 1 GiB.
 *
 * @throws CORE_CANNOT_READ, CORE_NOT_A_FILE, CORE_FILE_TOO_LARGE and all errors of `decodeBundle`
 * @example
 * ```ts
 * import { createRegistry, hadamard, mapping, modelMap } from '@mapping-networks/core';
 * import { loadBundle, saveBundle } from '@mapping-networks/core/node';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * await saveBundle('reloaded', model);
 * const again = await loadBundle('reloaded', createRegistry([mlp, mapping, hadamard]));
 * console.log(again.trainables['z']?.data.length); // 64
 * ```
 */
export const loadBundle = async (
  folder: string,
  registry: Registry,
  limits: BundleLimits = {},
): Promise<Model> => {
  requireText('loadBundle', 'folder', folder);
  const config = await readRegularFile(join(folder, CONFIG), MOST_CONFIG_BYTES);
  const latent = await readRegularFile(join(folder, LATENT), MOST_TENSOR_FILE_BYTES);
  return decodeBundle({ [LATENT]: latent, [CONFIG]: textOf(config) }, registry, limits);
};

const textOf = (config: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(config);
  } catch {
    throw invalidConfig(CONFIG, 'it is not UTF-8');
  }
};
