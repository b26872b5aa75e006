// The registry behind every name in a config: the built-in plugins, and those that a config brings.
import { createRegistry, isPlugin, type AnyPlugin, type Registry } from '@mapping-networks/core';
import { builtins, type Builtin } from './builtins.ts';
import { invalidPlugins } from './errors.ts';

/**
 * A registry of the built-in plugins and of `plugins`.
 *
 * @throws CONFIG_INVALID_PLUGINS; CORE_DUPLICATE_PLUGIN when two share kind and name
 * @example
 * ```ts
 * import { registry } from 'mapping-networks';
 * console.log(registry().list('projection').map(({ name }) => name)); // ['hadamard', 'oneHot', 'dense']
 * ```
 */
export const registry = <More extends AnyPlugin = never>(
  plugins: readonly More[] = [],
): Registry<Builtin | More> => {
  requirePlugins(plugins);
  return createRegistry<Builtin | More>([...builtins, ...plugins]);
};

/**
 * The same for `plugins` of unknown origin, such as those of a config file.
 *
 * @throws CONFIG_INVALID_PLUGINS, CORE_DUPLICATE_PLUGIN
 * @example
 * ```ts
 * import { registryOf } from 'mapping-networks';
 * console.log(registryOf(undefined).get('target', 'cnn2').name); // cnn2
 * ```
 */
export const registryOf = (plugins: unknown): Registry => {
  if (plugins === undefined) return createRegistry<AnyPlugin>(builtins);
  requirePlugins(plugins);
  return createRegistry<AnyPlugin>([...builtins, ...plugins]);
};

const requirePlugins: (plugins: unknown) => asserts plugins is readonly AnyPlugin[] = (plugins) => {
  if (!Array.isArray(plugins) || !plugins.every(isPlugin)) throw invalidPlugins();
};
