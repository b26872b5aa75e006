// Where files are kept: the data folder that the user names in the environment, and the cache of the platform.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Variables of an environment by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The user's own data, from MAPPING_NETWORKS_DATA; undefined where it is not set.
 *
 * @example
 * ```ts
 * import { dataFolder } from '@mapping-networks/datasets/node';
 * console.log(dataFolder({ MAPPING_NETWORKS_DATA: '/srv/data' })); // /srv/data
 * ```
 */
export const dataFolder = (env: Environment): string | undefined => env['MAPPING_NETWORKS_DATA'] || undefined;

/**
 * Where downloads are kept: MAPPING_NETWORKS_CACHE, or `mapping-networks` in the cache folder of the platform
 * (XDG_CACHE_HOME, ~/Library/Caches, %LOCALAPPDATA%, ~/.cache).
 *
 * @example
 * ```ts
 * import { cacheFolder } from '@mapping-networks/datasets/node';
 * console.log(cacheFolder({ MAPPING_NETWORKS_CACHE: '/srv/cache' })); // /srv/cache
 * ```
 */
export const cacheFolder = (env: Environment, platform: NodeJS.Platform = process.platform): string =>
  env['MAPPING_NETWORKS_CACHE'] || join(platformCache(env, platform), 'mapping-networks');

const platformCache = (env: Environment, platform: NodeJS.Platform): string => {
  if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME'];
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
};
