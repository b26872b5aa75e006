// What can be completed, as data: commands, flags and what each takes, read from the commander program itself, so that
// no script can know other flags than the command.
import type { Registry } from '@mapping-networks/core';
import type { Argument, CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** A word that a shell may propose. */
export interface Word {
  readonly value: string;
  readonly summary: string;
}

/** What stands in one place of a command line. `text` is for the user to write. */
export type Source =
  | { readonly type: 'words'; readonly words: readonly Word[] }
  | { readonly type: 'files' }
  | { readonly type: 'folders' }
  | { readonly type: 'text' };

export interface Flag {
  /** `--help`. */
  readonly long: string;
  /** `-h`, if there is one. */
  readonly short?: string;
  readonly summary: string;
  /** What it is called in the help, and what it takes; absent for one that takes nothing. */
  readonly value?: { readonly name: string; readonly source: Source };
  readonly repeatable: boolean;
}

export interface Place {
  readonly name: string;
  readonly source: Source;
  /** It takes all words that follow, too. */
  readonly variadic: boolean;
}

export interface CommandCompletions {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly places: readonly Place[];
}

/** The whole command line: the flags of the command itself, and its commands. */
export interface Completions {
  readonly root: CommandCompletions;
  readonly commands: readonly CommandCompletions[];
}

/** Reads a program. Names of plugins come from the registry: a flag that is called like a kind takes them. */
export const completionsOf = (program: CommandUnknownOpts, registry: Registry): Completions => {
  const help = program.createHelp();
  const visible = help.visibleCommands(program);
  const lists: Lists = {
    plugins: (kind) =>
      registry.plugins
        .filter((plugin) => plugin.kind === kind)
        .map(({ name, summary }) => ({ value: name, summary })),
    kinds: [...new Set(registry.plugins.map(({ kind }) => kind))].map((value) => ({ value, summary: '' })),
    commands: visible.map((each) => ({ value: each.name(), summary: help.subcommandDescription(each) })),
  };
  const read = (command: CommandUnknownOpts): CommandCompletions => ({
    name: command.name(),
    summary: help.subcommandDescription(command),
    flags: help.visibleOptions(command).flatMap((option) => flagOf(option, lists)),
    places: command.registeredArguments.map((argument) => placeOf(argument, lists)),
  });
  return { root: read(program), commands: visible.map(read) };
};

interface Lists {
  readonly plugins: (kind: string) => readonly Word[];
  readonly kinds: readonly Word[];
  readonly commands: readonly Word[];
}

const flagOf = (option: Option, lists: Lists): readonly Flag[] => {
  const { long, short, flags, description, argChoices } = option;
  if (!long) return [];
  const [, name] = /[<[]([\w=-]+)(?:\.\.\.)?[\]>]/.exec(flags) ?? [];
  const plugins = lists.plugins(long.slice(2));
  const source = plugins.length > 0 ? words(plugins) : sourceOf(name ?? '', argChoices, lists);
  return [
    {
      long,
      ...(short && { short }),
      summary: description,
      ...(name !== undefined && { value: { name, source } }),
      repeatable: option.variadic || gathers(option),
    },
  ];
};

/** Whether values are put into a list, which only the parser knows. */
const gathers = ({ parseArg, argChoices }: Option): boolean => {
  if (argChoices || !parseArg) return false;
  try {
    return Array.isArray(parseArg('word', undefined));
  } catch {
    // Not a word, but a number or the like.
    return false;
  }
};

const placeOf = (argument: Argument, lists: Lists): Place => ({
  name: argument.name(),
  source: sourceOf(argument.name(), argument.argChoices, lists),
  variadic: argument.variadic,
});

const words = (list: readonly Word[]): Source => ({ type: 'words', words: list });

/** What the help calls a value says what it is. */
const sourceOf = (name: string, choices: readonly string[] | undefined, lists: Lists): Source => {
  if (choices) return words(choices.map((value) => ({ value, summary: '' })));
  return byName(lists).get(name.replace(/s$/, '')) ?? { type: 'text' };
};

const byName = ({ kinds, commands }: Lists): ReadonlyMap<string, Source> =>
  new Map<string, Source>([
    ['file', { type: 'files' }],
    ['picture', { type: 'files' }],
    ['folder', { type: 'folders' }],
    ['run', { type: 'folders' }],
    ['kind', words(kinds)],
    ['command', words(commands)],
  ]);
