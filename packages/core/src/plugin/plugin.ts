// A plugin is a function from options to a part. `definePlugin` adds what every plugin needs: validation with
// defaults, checked slots, frozen results, and the facts that lists and config files show.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { Contracts, Kind } from '../contracts/contracts.ts';
import type { Part } from './part.ts';
import type { AnySlot, SlotKeys, SlotsOf } from './slots.ts';
import { requireArgument, requireText } from '../argument.ts';
import { reservedOption } from './errors.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { validateOptions } from './validate.ts';

/** Any Standard Schema; one that also speaks Standard JSON Schema (zod, valibot, arktype…) gets listings for free. */
export interface OptionsSchema<Data> {
  readonly '~standard': StandardSchemaV1.Props<unknown, Data> &
    Partial<Pick<StandardJSONSchemaV1.Props<unknown, Data>, 'jsonSchema'>>;
}

/** What `definePlugin` makes a plugin from: kind `K`, name `N`, and the whole options `O`. */
export interface PluginDefinition<K extends Kind, N extends string, O extends object> {
  readonly kind: K;
  /** What config files and the command line call it. */
  readonly name: N;
  /** One line for lists. */
  readonly summary: string;
  /** Validates the plain-data options and writes out their defaults. Slots are checked apart. */
  readonly options: OptionsSchema<Omit<O, SlotKeys<O>>>;
  /** Options that hold parts. */
  readonly slots: SlotsOf<O>;
  /** Builds the implementation. Cheap and pure: no tensors, no randomness, no files. */
  readonly create: (options: Readonly<O>) => Contracts[K];
}

/** The keys of every member of a union. */
type AllKeys<I> = I extends unknown ? keyof I : never;

/** What a plugin without options takes: `{}` or nothing. */
type NoOptions = Readonly<Record<string, never>>;

/** The call is optional exactly when every option has a default. `object` stands for no options at all. */
type OptionsArgument<I> = object extends I
  ? [options?: [AllKeys<I>] extends [never] ? NoOptions : I]
  : [options: I];

/** `I` is what the user may leave out, `O` the whole options. */
export interface Plugin<
  K extends Kind = Kind,
  N extends string = string,
  I extends object = never,
  O extends object = object,
> {
  (...options: OptionsArgument<I>): Part<K, N, O>;
  readonly kind: K;
  readonly name: N;
  readonly summary: string;
  /** JSON Schema of the options as a config file writes them. */
  readonly schema: JsonSchema;
  readonly slots: Readonly<Record<string, AnySlot>>;
  /** The same call for options of unknown origin; everything is checked. */
  readonly parse: (options: unknown) => Part<K, N, O>;
}

/**
 * Makes a plugin from its definition.
 *
 * @throws CORE_RESERVED_OPTION; CORE_INVALID_OPTIONS and CORE_INVALID_SLOT when the plugin is called with options that do not fit
 * @example
 * ```ts
 * import { definePlugin, type Plugin } from '@mapping-networks/core';
 * import { z } from 'zod';
 *
 * interface WarmupOptions { readonly steps: number }
 * export const warmup: Plugin<'schedule', 'warmup', Partial<WarmupOptions>, WarmupOptions> = definePlugin({
 *   kind: 'schedule',
 *   name: 'warmup',
 *   summary: 'Linear warm-up, then constant.',
 *   options: z.strictObject({ steps: z.int().min(0).default(100) }),
 *   slots: {},
 *   create: ({ steps }) => ({ factor: (step) => Math.min(1, (step + 1) / (steps + 1)) }),
 * });
 * console.log(warmup({ steps: 9 }).impl.factor(0, 100)); // 0.1
 * ```
 */
export const definePlugin = <K extends Kind, N extends string, I extends object, O extends object>(
  definition: PluginDefinition<K, N, O>,
): Plugin<K, N, I, O> => {
  requireDefinition(definition);
  const { kind, name, summary, create } = definition;
  const slots: Readonly<Record<string, AnySlot>> = Object.freeze({ ...definition.slots });
  const schema = jsonSchemaOf(definition.options, slots);
  if (Object.hasOwn(schema.properties ?? {}, 'use')) throw reservedOption({ kind, name });
  const owner = { kind, name, validator: definition.options, schema, slots };
  const parse = (input: unknown): Part<K, N, O> => {
    const options = validateOptions<O>(owner, input ?? {});
    return Object.freeze({ kind, name, options, impl: create(options) });
  };
  const call = (...[options]: OptionsArgument<I>): Part<K, N, O> => parse(options);
  // The `name` of a function is read-only until it is made writable.
  Object.defineProperty(call, 'name', { writable: true });
  return Object.freeze(Object.assign(call, { kind, name, summary, schema, slots, parse }));
};

const requireDefinition = <K extends Kind, N extends string, O extends object>(
  definition: PluginDefinition<K, N, O>,
): void => {
  const require = (fits: boolean, expected: string, received: unknown): void =>
    requireArgument(fits, 'definePlugin', 'definition', expected, received);
  require(typeof definition === 'object' && definition !== null, 'an object', definition);
  const { kind, name, summary, options, slots, create } = definition;
  for (const [field, text] of Object.entries({ kind, name })) requireText('definePlugin', field, text);
  require(typeof summary === 'string', 'a string as its summary', summary);
  require(typeof options?.['~standard']?.validate ===
    'function', 'a Standard Schema as its options', options);
  require(typeof slots === 'object' && slots !== null, 'slots, {} where there are none', slots);
  require(typeof create === 'function', 'a function as create', create);
};
