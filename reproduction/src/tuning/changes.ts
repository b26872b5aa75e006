// Ways to change a config, for the variants of a sweep.
import { pipelineFrom } from 'mapping-networks';
import type { Json } from '../experiments/experiment.ts';
import type { Variant } from './sweep.ts';

const isTree = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `changes` over `config`, objects merged key by key; another plugin (`use`) replaces the old one whole. */
export const merged = (config: Json, changes: Json): Json => ({
  ...config,
  ...Object.fromEntries(
    Object.entries(changes).map(([key, value]) => {
      const before = config[key];
      const same = isTree(before) && isTree(value) && (!('use' in value) || value['use'] === before['use']);
      return [key, same ? merged(before, value) : value];
    }),
  ),
});

export const unchanged: Variant = { name: 'default', change: (config) => config };

/** A variant that sets options. */
export const set = (name: string, changes: Json, averages?: readonly number[]): Variant => ({
  name,
  change: (config) => merged(config, changes),
  ...(averages && { averages }),
});

/** One variant for each value. */
export const each = <T>(values: readonly T[], name: (value: T) => string, changes: (value: T) => Json) =>
  values.map((value) => set(name(value), changes(value)));

/** The target in a wrapper with these options. */
export const rescale = (name: string, options: Json): Variant => ({
  name,
  change: (config) => ({ ...config, target: { use: 'rescaled', target: config['target'], ...options } }),
});

/** The dataset in a wrapper: mean and spread of pixels in [0, 1], for inputs in [−1, 1]. */
export const normalize = (
  name: string,
  pixels: Readonly<Record<string, readonly [mean: number, std: number]>>,
): Variant => ({
  name,
  change: (config) => {
    const { dataset } = config;
    const [mean = 0.5, std = 0.5] = pixels[isTree(dataset) ? String(dataset['use']) : String(dataset)] ?? [];
    return { ...config, dataset: { use: 'normalized', dataset, mean: 2 * mean - 1, std: 2 * std } };
  },
});

/** Sizes of the layers of the target of a config. */
const layerSizes = (config: Json): readonly number[] =>
  pipelineFrom({ ...config, seed: 0 }).parts.target.impl.parameters.layers.map(({ size }) => size);

/** Shares of `total` in proportion to size^exponent, none above its size; what is cut off goes to the others. */
export const powerShares = (sizes: readonly number[], total: number, exponent: number): readonly number[] => {
  const full = new Set<number>();
  const open = (): readonly number[] => sizes.map((_, i) => i).filter((i) => !full.has(i));
  const share = (i: number): number => {
    const left = total - [...full].reduce((sum, at) => sum + (sizes[at] ?? 0), 0);
    const weights = open().reduce((sum, at) => sum + (sizes[at] ?? 0) ** exponent, 0);
    return (left * (sizes[i] ?? 0) ** exponent) / weights;
  };
  for (;;) {
    const over = open().filter((i) => share(i) > (sizes[i] ?? 0));
    if (over.length === 0) break;
    over.forEach((i) => full.add(i));
  }
  const dims = sizes.map((size, i) => (full.has(i) ? size : Math.max(1, Math.floor(share(i)))));
  const largest = open().reduce((a, b) => ((sizes[a] ?? 0) >= (sizes[b] ?? 0) ? a : b), open()[0] ?? 0);
  const rest = total - dims.reduce((sum, dim) => sum + dim, 0);
  return dims.map((dim, i) => (i === largest ? dim + rest : dim));
};

/** Latent dimensions of layers by a power of their size. */
export const allocatePower = (exponent: number): Variant => ({
  name: `size^${exponent}`,
  change: (config) => {
    const parameterization = config['parameterization'] as Json;
    const allocation = powerShares(layerSizes(config), Number(parameterization['latentDim']), exponent);
    return merged(config, { parameterization: { allocation } });
  },
});
