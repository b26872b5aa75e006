// A registry is a value made of a list of plugins. It gives names a meaning where there are only names: config files,
// the command line, recorded runs. Nothing registers itself, and two registries never disturb each other.
import type { Kind } from '../contracts/contracts.ts';
import { requireArgument } from '../argument.ts';
import { duplicatePlugin, unknownName } from './errors.ts';
import type { Plugin } from './plugin.ts';

/** Any plugin, whatever its options. */
export type AnyPlugin = Plugin<Kind, string, never, object>;

/** Those of `Plugins` that have kind `K`. */
export type PluginsOf<Plugins extends AnyPlugin, K extends Kind> = Extract<Plugins, { readonly kind: K }>;

/** Names and their plugins: an immutable value, in which kind and name together are unique. */
export interface Registry<Plugins extends AnyPlugin = AnyPlugin> {
  readonly plugins: readonly Plugins[];
  /** The plugin of that kind and name. @throws CORE_UNKNOWN_NAME */
  get<K extends Kind>(kind: K, name: string): Plugin<K, string, never, object>;
  /** All plugins, or those of a kind. */
  list(kind?: Kind): readonly AnyPlugin[];
  /** A new registry with more plugins. @throws CORE_DUPLICATE_PLUGIN */
  with<More extends AnyPlugin>(more: readonly More[]): Registry<Plugins | More>;
}

/**
 * Whether a value is what `definePlugin` returns. Structural: plugins may come from any copy of the library.
 *
 * @example
 * ```ts
 * import { hadamard, isPlugin } from '@mapping-networks/core';
 * console.log(isPlugin(hadamard), isPlugin(hadamard()), isPlugin('hadamard')); // true false false
 * ```
 */
export const isPlugin = (value: unknown): value is AnyPlugin =>
  typeof value === 'function' && 'kind' in value && 'parse' in value && 'schema' in value;

/** @throws CORE_INVALID_ARGUMENT unless `registry` looks like what `createRegistry` returns */
export const requireRegistry = (call: string, registry: Registry): void =>
  requireArgument(
    typeof registry?.get === 'function',
    call,
    'registry',
    'a registry, such as createRegistry([hadamard])',
    registry,
  );

/**
 * A registry of the given plugins.
 *
 * @throws CORE_DUPLICATE_PLUGIN when two plugins share kind and name
 * @example
 * ```ts
 * import { createRegistry, hadamard, oneHot } from '@mapping-networks/core';
 * const registry = createRegistry([hadamard, oneHot]);
 * console.log(registry.list('projection').map(({ name }) => name)); // ['hadamard', 'oneHot']
 * ```
 */
export const createRegistry = <Plugins extends AnyPlugin>(list: readonly Plugins[]): Registry<Plugins> => {
  requireArgument(
    Array.isArray(list) && list.every(isPlugin),
    'createRegistry',
    'list',
    'a list of what definePlugin returns',
    list,
  );
  const plugins = Object.freeze([...list]);
  const kinds = new Map<Kind, Map<string, Plugins>>();
  for (const plugin of plugins) {
    const named = kinds.get(plugin.kind) ?? new Map<string, Plugins>();
    if (named.has(plugin.name)) throw duplicatePlugin(plugin.kind, plugin.name);
    kinds.set(plugin.kind, named.set(plugin.name, plugin));
  }
  return Object.freeze({
    plugins,
    get: <K extends Kind>(kind: K, name: string) => {
      const named = kinds.get(kind);
      const plugin = named?.get(name);
      if (!plugin) throw unknownName(kind, name, [...(named?.keys() ?? [])]);
      return plugin as Plugin<Kind, string, never, object> as Plugin<K, string, never, object>;
    },
    list: (kind?: Kind) => plugins.filter((plugin) => kind === undefined || plugin.kind === kind),
    with: <More extends AnyPlugin>(more: readonly More[]) =>
      createRegistry<Plugins | More>([...plugins, ...more]),
  });
};
