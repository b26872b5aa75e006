// A user's own network as a plugin, with the least ceremony: a name, options, and a function that builds the target.
import {
  definePlugin,
  requireArgument,
  type OptionsSchema,
  type Plugin,
  type SlotsOf,
  type Target,
} from '@mapping-networks/core';

/** Any Standard Schema, such as a zod object, from what a user may pass (`I`) to whole options (`O`). */
export type TargetSchema<I extends object, O extends object> = OptionsSchema<O> & {
  readonly '~standard': { readonly types?: { readonly input: I; readonly output: O } | undefined };
};

/** What `defineTarget` makes a plugin from: name `N`, what a user may pass `I`, whole options `O`. */
export interface TargetDefinition<N extends string, I extends object, O extends object> {
  /** What config files and the command line call it. */
  readonly name: N;
  /** One line for lists. */
  readonly summary: string;
  /** Validates plain-data options and writes out their defaults. */
  readonly options: TargetSchema<I, O>;
  /** The network for whole options: `sequential({ ... })`, or a `Target` written by hand. Makes no tensors. */
  readonly build: (options: Readonly<O>) => Target;
}

/**
 * A plugin of kind `target` from a function that builds a network. The types of its options come from the schema.
 *
 * @throws CORE_INVALID_ARGUMENT; what `definePlugin` and `build` throw, when the plugin is called
 * @example
 * ```ts
 * import { defineTarget, sequential } from '@mapping-networks/targets';
 * import { z } from 'zod';
 *
 * const tinyNet = defineTarget({
 *   name: 'tinyNet',
 *   summary: 'One hidden layer.',
 *   options: z.strictObject({ width: z.int().min(1).default(16) }),
 *   build: ({ width }) =>
 *     sequential({ input: [8], layers: [{ type: 'dense', units: width }, { type: 'relu' }, { type: 'dense', units: 2 }] }),
 * });
 * console.log(tinyNet({ width: 4 }).impl.parameters.size); // 46
 * ```
 */
export const defineTarget = <N extends string, I extends object, O extends object>(
  definition: TargetDefinition<N, I, O>,
): Plugin<'target', N, I, O> => {
  requireArgument(
    typeof definition?.build === 'function',
    'defineTarget',
    'definition',
    'an object with a function as its build',
    definition,
  );
  const { name, summary, options, build } = definition;
  return definePlugin<'target', N, I, O>({
    kind: 'target',
    name,
    summary,
    options,
    slots: {} as SlotsOf<O>,
    create: build,
  });
};
