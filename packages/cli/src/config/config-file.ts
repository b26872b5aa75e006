// Finds and reads mapnet.config.*. TypeScript is read by the runtime where it can (Node from 22.18, tsx), else by
// jiti; JSON is parsed and runs nothing.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configNotFound, configUnreadable, configWithoutDefault, severalConfigs } from '../errors.ts';
import { readStrict } from '../run-folder/read-json.ts';

/** The names looked for, in the folder where the command runs. */
export const configNames: readonly string[] = [
  'mapnet.config.ts',
  'mapnet.config.mts',
  'mapnet.config.js',
  'mapnet.config.mjs',
  'mapnet.config.json',
];

/** Bytes of a config in JSON: as many as `run.json` may have, which repeats it. */
const MOST_JSON_BYTES = 2 ** 20;

export interface ConfigFile {
  /** As the user may call it. */
  readonly path: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const find = (folder: string, given: string | undefined): string | undefined => {
  if (given !== undefined) {
    if (!existsSync(resolve(folder, given))) throw configNotFound(given);
    return given;
  }
  const present = configNames.filter((name) => existsSync(join(folder, name)));
  if (present.length > 1) throw severalConfigs(present);
  return present[0];
};

/** What Node throws where it cannot read TypeScript itself, or finds no `mapping-networks` beside the file. */
const needsLoader = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_NO_TYPESCRIPT',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
]);

const importModule = async (path: string): Promise<unknown> => {
  try {
    const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    return module.default;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!needsLoader.has(code)) throw cause;
    const { importByJiti } = await import('./import-by-jiti.ts');
    return importByJiti(path);
  }
};

const read = async (path: string): Promise<unknown> => {
  const stats = await stat(path);
  if (stats.isDirectory()) throw new Error('it is a folder');
  if (!stats.isFile()) throw new Error('it is a pipe or a device');
  return extname(path) === '.json' ? readStrict(path, MOST_JSON_BYTES) : importModule(path);
};

/**
 * The config file that `given` names, or the one in `folder`; undefined when there is none.
 *
 * @throws CLI_CONFIG_NOT_FOUND, CLI_SEVERAL_CONFIGS, CLI_CONFIG_UNREADABLE, CLI_CONFIG_WITHOUT_DEFAULT
 */
export const readConfigFile = async (folder: string, given?: string): Promise<ConfigFile | undefined> => {
  const path = find(folder, given);
  if (path === undefined) return undefined;
  const config = await read(resolve(folder, path)).catch((cause: unknown) => {
    throw configUnreadable(path, cause);
  });
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw configWithoutDefault(path, config);
  }
  return { path, config: config as Readonly<Record<string, unknown>> };
};
