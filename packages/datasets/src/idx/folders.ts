// Where files are kept: the data folder that the user names in the environment, and the cache of the platform.
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The user's own data, from MAPPING_NETWORKS_DATA. */
export const dataFolder = (env: Environment): string | undefined => env['MAPPING_NETWORKS_DATA'] || undefined;

/**
 * Where downloads are kept: MAPPING_NETWORKS_CACHE, or `mapping-networks` in the cache folder of the platform
 * (XDG_CACHE_HOME, ~/Library/Caches, %LOCALAPPDATA%, ~/.cache).
 */
export const cacheFolder = (env: Environment, platform: NodeJS.Platform = process.platform): string =>
  env['MAPPING_NETWORKS_CACHE'] || join(platformCache(env, platform), 'mapping-networks');

const platformCache = (env: Environment, platform: NodeJS.Platform): string => {
  if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME'];
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
};
