// Parts as data, and back. `toSpec(part)` writes every option out; `resolve(registry, kind, toSpec(part))` is the
// part again. A spec is what config files, artifacts and recorded runs hold.
import { match, P } from 'ts-pattern';
import type { Kind } from '../contracts/contracts.ts';
import { invalidSpec } from './errors.ts';
import { isPart, type Part } from './part.ts';
import { requireArgument } from '../argument.ts';
import { requireRegistry, type AnyPlugin, type PluginsOf, type Registry } from './registry.ts';
import type { AnySlot } from './slots.ts';

/** The name of a plugin under `use`, and its options beside it. Plain JSON. */
export interface Spec {
  readonly use: string;
  readonly [option: string]: unknown;
}

/** What the options `I` of a plugin look like in a config whose names come from `Plugins`. */
type SpecOptions<Plugins extends AnyPlugin, I> = {
  [Key in keyof I as string extends Key ? never : Key]: NonNullable<I[Key]> extends readonly Part<infer K>[]
    ? readonly SpecInput<Plugins, K>[]
    : NonNullable<I[Key]> extends Part<infer K>
      ? SpecInput<Plugins, K>
      : I[Key];
};

type PluginInput<T> = T extends (...options: infer A) => unknown
  ? A extends []
    ? object
    : NonNullable<A[0]>
  : never;

type SpecFor<All extends AnyPlugin, T extends AnyPlugin> = T extends AnyPlugin
  ? { readonly use: T['name'] } & SpecOptions<All, PluginInput<T>>
  : never;

/** What a config may write for a part of kind `K`: a name, an object with `use`, or the part itself. */
export type SpecInput<Plugins extends AnyPlugin, K extends Kind> =
  | PluginsOf<Plugins, K>['name']
  | SpecFor<Plugins, PluginsOf<Plugins, K>>
  | Part<K>;

/**
 * A part as plain JSON, every default written out.
 *
 * @example
 * ```ts
 * import { mapping, toSpec } from '@mapping-networks/core';
 * console.log(toSpec(mapping({ latentDim: 64 }))['projection']); // { use: 'hadamard' }
 * ```
 */
export const toSpec = (part: Part): Spec => {
  requireArgument(isPart(part), 'toSpec', 'part', 'what a plugin returns', part);
  const options = Object.entries(part.options).map(([key, value]) => [key, optionSpec(value)] as const);
  return { use: part.name, ...Object.fromEntries(options) };
};

const optionSpec = (value: unknown): unknown => {
  if (isPart(value)) return toSpec(value);
  return Array.isArray(value) ? value.map(optionSpec) : value;
};

/**
 * The part that a spec describes: a name, an object with `use`, or a part (returned as it is).
 *
 * @throws CORE_UNKNOWN_NAME, CORE_INVALID_SPEC, CORE_INVALID_OPTIONS, CORE_INVALID_SLOT
 * @example
 * ```ts
 * import { createRegistry, hadamard, mapping, resolve, toSpec } from '@mapping-networks/core';
 * const registry = createRegistry([hadamard, mapping]);
 * const part = resolve(registry, 'parameterization', { use: 'mapping', latentDim: 64 });
 * console.log(toSpec(part)['latentDim']); // 64
 * ```
 */
export const resolve = <K extends Kind>(registry: Registry, kind: K, spec: unknown): Part<K> => {
  requireRegistry('resolve', registry);
  if (isPart(spec)) {
    if (isPart(spec, kind)) return spec;
    throw invalidSpec(kind, spec);
  }
  const { use, options } = match(spec)
    .with(P.string, (name) => ({ use: name, options: {} }))
    .with({ use: P.string }, ({ use, ...options }) => ({ use, options }))
    .otherwise(() => {
      throw invalidSpec(kind, spec);
    });
  const plugin = registry.get(kind, use);
  return plugin.parse(resolveSlots(registry, plugin.slots, options));
};

const resolveSlots = (
  registry: Registry,
  slots: Readonly<Record<string, AnySlot>>,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const entries = Object.entries(options).map(([key, value]): [string, unknown] => {
    const slot = Object.hasOwn(slots, key) ? slots[key] : undefined;
    if (slot === undefined || value === undefined) return [key, value];
    const list = slot.many && Array.isArray(value);
    return [
      key,
      list ? value.map((entry) => resolve(registry, slot.kind, entry)) : resolve(registry, slot.kind, value),
    ];
  });
  return Object.fromEntries(entries);
};
