// A config for people: `mapping(latentDim: 2048, projection: hadamard(seed: 0))` instead of nested JSON.
import { align } from './align.ts';

const isSpec = (value: unknown): value is { readonly use: string } =>
  typeof value === 'object' && value !== null && 'use' in value && typeof value.use === 'string';

/** A value of a config: a plugin with its options, a list, or a plain value. */
export const specText = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(specText).join(', ');
  if (!isSpec(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const { use, ...options } = value;
  const texts = Object.entries(options).map(([name, option]) => {
    const list = Array.isArray(option) ? JSON.stringify(option) : specText(option);
    return `${name}: ${list}`;
  });
  return texts.length === 0 ? use : `${use}(${texts.join(', ')})`;
};

/** A config as lines of at most `width` columns, a name and a value each. */
export const configLines = (config: object, width: number): readonly string[] =>
  align(
    Object.entries(config).map(([name, value]) => [name, specText(value)]),
    { width },
  );
