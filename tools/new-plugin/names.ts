// From the words on the command line to the names in the package, or an error that says what is allowed.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The kinds that have templates: one folder each beside `common`. */
export const kinds: readonly string[] = readdirSync(join(import.meta.dirname, 'files'))
  .filter((folder) => folder !== 'common')
  .sort();

export interface PluginNames {
  readonly kind: string;
  /** In config files, and the name of its source file: `two-moons`. */
  readonly name: string;
  /** Folder under packages/: `dataset-two-moons`. */
  readonly short: string;
  /** `@mapping-networks/dataset-two-moons`. */
  readonly packageName: string;
  /** The exported plugin: `twoMoons`. */
  readonly plugin: string;
  /** The interface of its options: `TwoMoonsOptions`. */
  readonly optionsType: string;
  /** How a run uses it, for the README: one expression of code. */
  readonly usage: string;
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/**
 * Most kinds are named by a key of a config; a projection belongs to a mapping; callbacks, passes and exporters are
 * passed to a function.
 */
const usageOf = (kind: string, name: string, plugin: string): string => {
  if (kind === 'callback') return `train({ callbacks: [${plugin}()], … })`;
  if (kind === 'pass') return `applyPasses(model, [${plugin}()], passContext(run.parts))`;
  if (kind === 'exporter') return `exportNetwork(model, [${plugin}()], { inputs })`;
  const parts: Readonly<Record<string, string>> = {
    metric: `metrics: ['${name}']`,
    projection: `parameterization: { use: 'mapping', latentDim: 2048, projection: '${name}' }`,
    parameterization: `parameterization: { use: '${name}', latentDim: 2048 }`,
  };
  return `defineConfig({ plugins: [${plugin}], ${parts[kind] ?? `${kind}: '${name}'`}, … })`;
};

/** @throws when the kind has no template or the name is not kebab-case */
export const pluginNames = (kind: string, name: string): PluginNames => {
  if (!kinds.includes(kind)) {
    throw new Error(`Expected --kind to be one of ${kinds.join(', ')}; got '${kind}'. Choose one of these.`);
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `Expected --name in kebab-case, such as focal or two-moons; got '${name}'. Use lower-case letters, digits and single hyphens, a letter first.`,
    );
  }
  const words = name.split('-');
  const pascal = words.map(capitalised).join('');
  const camel = (words[0] ?? '') + words.slice(1).map(capitalised).join('');
  const short = `${kind}-${name}`;
  // A kind in front keeps names such as `default` or `new` from becoming reserved words.
  const plugin = reserved.has(camel) ? `${camel}${capitalised(kind)}` : camel;
  return {
    kind,
    name,
    short,
    packageName: `@mapping-networks/${short}`,
    plugin,
    optionsType: `${pascal}Options`,
    usage: usageOf(kind, name, plugin),
  };
};

const reserved = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with let static yield await implements interface package private protected public'.split(
    ' ',
  ),
);
