// `defineConfig` is the identity with types: names of built-in plugins and of those in `plugins` are completed, their
// options checked, everything else is an error in the editor.
import type { AnyPlugin } from '@mapping-networks/core';
import type { ConfigWith } from './config.ts';

/**
 * A config for `mapnet` or `pipeline`, checked by the compiler. Names that `plugins` brings are allowed too.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'mapping-networks';
 * export default defineConfig({
 *   target: { use: 'mlp', hidden: [32] },
 *   dataset: 'glyphs',
 *   parameterization: { use: 'mapping', latentDim: 512, projection: 'oneHot' },
 *   epochs: 2,
 * });
 * ```
 */
export const defineConfig = <const More extends AnyPlugin = never>(
  config: ConfigWith<More>,
): ConfigWith<More> => config;
