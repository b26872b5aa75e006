// Errors about plugins, their options, and the arguments of functions.
import { MappingNetworksError } from '../error.ts';
import { quoted, shown } from '../shown.ts';
import { withArticle } from '../with-article.ts';
import { suggestion } from './did-you-mean.ts';
import { describeIssues, type OptionIssue } from './issue.ts';

/** The plugin whose options are at fault. */
interface Owner {
  readonly kind: string;
  readonly name: string;
}

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `CORE_${code}`, problem, remedy });

export const unknownOption = (owner: Owner, option: string, known: readonly string[]): MappingNetworksError =>
  error(
    'UNKNOWN_OPTION',
    `${owner.kind} '${owner.name}' has no option ${quoted(option)}.`,
    suggestion(option, known),
  );

/** When a plugin is called with options that its schema refuses; one sentence for each of the first five. */
export const invalidOptions = (owner: Owner, issues: readonly OptionIssue[]): MappingNetworksError => {
  const named = `${owner.kind} '${owner.name}'`;
  const where = (path: string): string => `${named}, ${path === '' ? 'the options' : `option '${path}'`}`;
  const { problem, remedy } = describeIssues(issues, where);
  return error('INVALID_OPTIONS', problem, remedy);
};

/** When a public function gets an argument of a wrong type or out of its range. */
export const invalidArgument = (
  call: string,
  argument: string,
  issues: readonly OptionIssue[],
): MappingNetworksError => {
  const where = (path: string): string =>
    `${call}, argument '${path === '' ? argument : `${argument}.${path}`}'`;
  const hint = issues.find((issue) => issue.hint !== undefined)?.hint;
  return error(
    'INVALID_ARGUMENT',
    describeIssues(issues, where).problem,
    hint ?? `Correct the argument; the documentation of ${call} shows an example.`,
  );
};

/** How the part of a plugin is made; undefined for anything but a plugin. */
const partCall = (received: unknown): string | undefined =>
  typeof received === 'function' && 'kind' in received ? `${received.name}({ ... })` : undefined;

/** When an option that holds a part holds something else: a name, a plugin that was not called, another kind. */
export const invalidSlot = (
  owner: Owner,
  slot: string,
  { kind, many = false }: { readonly kind: string; readonly many?: boolean },
  received: unknown,
): MappingNetworksError => {
  const [option = slot] = slot.split('.');
  const part = partCall(received);
  return error(
    'INVALID_SLOT',
    `${owner.kind} '${owner.name}', option '${slot}': expected ${many ? `a list of ${kind} parts` : withArticle(kind)}, got ${received === undefined ? 'nothing' : shown(received)}.`,
    part === undefined
      ? `Pass what ${withArticle(kind)} plugin returns, for example ${option}: ${many || option !== slot ? '[somePlugin({ ... })]' : 'somePlugin({ ... })'}.`
      : `Call it: ${part}.`,
  );
};

/** When a config, a command line or a record names a plugin that the registry does not hold. */
export const unknownName = (kind: string, name: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_NAME', `There is no ${kind} ${quoted(name)}.`, suggestion(name, known));

/** When a registry would hold two plugins of one kind and name. */
export const duplicatePlugin = (kind: string, name: string): MappingNetworksError =>
  error(
    'DUPLICATE_PLUGIN',
    `Two plugins of kind ${kind} are called '${name}'.`,
    'Give one of them another name, or list only one.',
  );

/** When `definePlugin` gets an option that specs could not write. */
export const reservedOption = ({ kind, name }: Owner): MappingNetworksError =>
  error(
    'RESERVED_OPTION',
    `${kind} '${name}' has an option 'use', which is where specs write the name of a plugin.`,
    'Call the option by another name.',
  );

/** When a config, a record or a bundle has something else where a plugin is named. */
export const invalidSpec = (kind: string, received: unknown): MappingNetworksError => {
  const part = partCall(received);
  return error(
    'INVALID_SPEC',
    `Expected ${withArticle(kind)}, got ${received === undefined ? 'nothing' : shown(received)}.`,
    part === undefined
      ? `Write its name, { use: 'name', ...options }, or what the plugin returns.`
      : `Call it: ${part}; or write its name.`,
  );
};
