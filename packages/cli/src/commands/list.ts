// `mapnet list`: every plugin that a config may name, with its options; those of the config file included.
import { allowed, type AnyPlugin, type Registry } from '@mapping-networks/core';
import { align } from '../align.ts';
import { openWorkspace } from '../config/workspace.ts';
import { unknownKind } from '../errors.ts';
import { count } from '../format.ts';
import { pageWidth } from '../output.ts';
import { say, type Terminal } from '../terminal.ts';
import { asUsage } from '../usage-error.ts';

/** A plugin as data: an entry of `mapnet list --json`. */
export interface Listing {
  readonly kind: string;
  readonly name: string;
  readonly summary: string;
  /** JSON Schema of the options. */
  readonly options: object;
  /** Parameters of a target with default options; absent for other kinds, and where options are needed. */
  readonly parameters?: number;
}

/** The registry's plugins, or those of one kind, as data. */
export const listings = (registry: Registry, kind?: string): readonly Listing[] =>
  registry.plugins
    .filter((plugin) => kind === undefined || plugin.kind === kind)
    .map((plugin) => ({
      kind: plugin.kind,
      name: plugin.name,
      summary: plugin.summary,
      options: plugin.schema,
      ...parametersOf(registry, plugin),
    }));

const parametersOf = (
  registry: Registry,
  { kind, name, schema }: AnyPlugin,
): { readonly parameters?: number } =>
  kind === 'target' && (schema.required ?? []).length === 0
    ? { parameters: registry.get('target', name).parse({}).impl.parameters.size }
    : {};

const property = ([name, schema]: readonly [string, unknown]): string[] => {
  const facts = typeof schema === 'object' && schema !== null ? schema : {};
  const fallback = 'default' in facts ? `default ${JSON.stringify(facts.default)}` : '';
  const description = 'description' in facts ? String(facts.description) : '';
  const range = allowed({ ...facts });
  return [`      ${name}`, fallback, range === undefined ? description : `${description} (${range})`.trim()];
};

const optionRows = ({ options }: Listing, width: number): string[] =>
  align(Object.entries('properties' in options ? (options.properties as object) : {}).map(property), {
    width,
  });

const overview = (entries: readonly Listing[], withOptions: boolean, width: number): string[] => {
  const counted = entries.some(({ parameters }) => parameters !== undefined);
  const heads = align(
    entries.map(({ name, summary, parameters }) => [
      `  ${name}`,
      ...(counted ? [parameters === undefined ? '' : count(parameters)] : []),
      summary,
    ]),
    { right: counted ? [1] : [], width },
  );
  return entries.flatMap((entry, index) => [
    heads[index] ?? '',
    ...(withOptions ? optionRows(entry, width) : []),
  ]);
};

export interface ListOptions {
  readonly config?: string | undefined;
  readonly json?: true | undefined;
}

/** @throws CLI_UNKNOWN_KIND */
export const list = async (
  kind: string | undefined,
  options: ListOptions,
  terminal: Terminal,
): Promise<void> => {
  const { registry } = await openWorkspace(terminal, options.config);
  const entries = await asUsage(() => {
    const found = listings(registry, kind);
    const kinds = [...new Set(registry.plugins.map((plugin) => plugin.kind))];
    if (kind !== undefined && found.length === 0) throw unknownKind(kind, kinds);
    return found;
  });
  if (options.json) {
    say(terminal.stdout, JSON.stringify(entries));
    return;
  }
  for (const each of new Set(entries.map((entry) => entry.kind))) {
    say(terminal.stdout, each);
    const ofKind = entries.filter((entry) => entry.kind === each);
    for (const line of overview(ofKind, kind !== undefined, pageWidth(terminal.stdout)))
      say(terminal.stdout, line);
  }
  if (kind === undefined) say(terminal.stdout, `\nOptions of one kind: mapnet list target`);
};
