// A bundle as a folder on disk.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotRead, cannotWrite } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Registry } from '../plugin/registry.ts';
import { atomicWriteAll } from './atomic-write.ts';
import { decodeBundle, encodeBundle } from './bundle.ts';

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
  const files = encodeBundle(model);
  try {
    await mkdir(folder, { recursive: true });
    await atomicWriteAll(folder, { [LATENT]: files[LATENT], [CONFIG]: files[CONFIG] });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  return { folder, latentBytes: files[LATENT].length, configBytes: Buffer.byteLength(files[CONFIG]) };
};

/**
 * Reads a model from a folder; everything that `decodeBundle` checks is checked.
 *
 * @throws CORE_CANNOT_READ and all errors of `decodeBundle`
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
export const loadBundle = async (folder: string, registry: Registry): Promise<Model> => {
  const read = async (name: string): Promise<Buffer> => {
    const path = join(folder, name);
    try {
      return await readFile(path);
    } catch (cause) {
      throw cannotRead(path, cause);
    }
  };
  const [latent, config] = await Promise.all([read(LATENT), read(CONFIG)]);
  return decodeBundle({ [LATENT]: latent, [CONFIG]: config.toString('utf8') }, registry);
};
