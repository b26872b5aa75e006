// `--set path=value`: one option of the config, or of a plugin in it, from the command line. The value is JSON where
// it reads as JSON, else a string. A bare plugin name on the way becomes an object, so that it can take options.
import { isPart, toSpec } from '@mapping-networks/core';
import { badAssignment, notAnOption, unquoted } from '../errors.ts';

export interface Assignment {
  readonly path: readonly string[];
  readonly value: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

/** No name begins like a list; the quotes in one are gone where the shell was not told to leave them. */
const valueOf = (value: string, text: string): unknown => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    if (/^\s*[[{]/.test(value)) throw unquoted(text);
    return value;
  }
};

/**
 * Reads `path=value`.
 *
 * @throws CLI_BAD_ASSIGNMENT
 */
export const parseAssignment = (text: string): Assignment => {
  const [, path, value] = /^([\w-]+(?:\.[\w-]+)*)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined) throw badAssignment(text);
  return { path: path.split('.'), value: valueOf(value, text) };
};

/** What stands at a key as an object that options can be written into. */
const opened = (value: unknown, key: string, path: string): Tree => {
  if (value === undefined) return {};
  if (isPart(value)) return toSpec(value);
  if (typeof value === 'string') return { use: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAnOption(path, key);
  return value as Tree;
};

/**
 * The config with one value replaced; the config itself is left as it is.
 *
 * @throws CLI_NOT_AN_OPTION when the path goes through a number, a list or the like
 */
export const assign = (config: Tree, { path, value }: Assignment): Tree => {
  const step = (tree: Tree, [key = '', ...rest]: readonly string[]): Tree => {
    const current = Object.hasOwn(tree, key) ? tree[key] : undefined;
    const next = rest.length === 0 ? value : step(opened(current, key, path.join('.')), rest);
    // From entries, every key becomes the object's own: `__proto__` is a name like any other.
    return Object.fromEntries([...Object.entries(tree).filter(([name]) => name !== key), [key, next]]);
  };
  return step(config, path);
};
