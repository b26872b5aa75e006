// A bundle as a folder on disk.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotRead, cannotWrite } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Registry } from '../plugin/registry.ts';
import { atomicWrite } from './atomic-write.ts';
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
 * Writes a model to a folder, which is made where it does not exist. Each file is replaced atomically.
 *
 * @throws CORE_CANNOT_WRITE
 * @example
 * ```ts
 * import { saveBundle } from '@mapping-networks/core/node';
 * import type { Model } from '@mapping-networks/core';
 * export const save = (model: Model) => saveBundle('runs/first', model);
 * ```
 */
export const saveBundle = async (folder: string, model: Model): Promise<SavedBundle> => {
  const files = encodeBundle(model);
  try {
    await mkdir(folder, { recursive: true });
    await atomicWrite(join(folder, LATENT), files[LATENT]);
    await atomicWrite(join(folder, CONFIG), files[CONFIG]);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  return { folder, latentBytes: files[LATENT].length, configBytes: Buffer.byteLength(files[CONFIG]) };
};

/**
 * Reads a model from a folder; everything that `decodeBundle` checks is checked.
 *
 * @throws CORE_CANNOT_READ and all errors of `decodeBundle`
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
