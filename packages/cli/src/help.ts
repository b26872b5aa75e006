// The parts of the help that commander does not write: examples, and sections of terms with what they mean.
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Help, type Argument, type Option } from 'commander';
import { coloursOf, isColoured, pageWidth, type Output } from './output.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Descriptions are folded as long as they keep this much room. */
const narrowest = 20;

/** The width of help: that of the window, 80 where there is none. */
const helpWidth = (output: Output): number => pageWidth(output, 80);

/** A heading, in the form of commander's own. */
const heading = (title: string): string => `\u001B[1m${title}\u001B[22m`;

/** Command lines to copy, which are never folded, each with what it does below it. */
export const examples = (...entries: readonly (readonly [command: string, does: string])[]): string => {
  const indent = ' '.repeat(6);
  const shown = ([command, does]: readonly [string, string]): string =>
    `  $ ${command}\n${wrap(`${indent}${does}`, 80, indent)}`;
  return `\n${heading('Examples:')}\n${entries.map(shown).join('\n')}`;
};

/** Something like `Files`: terms, each with what it means. */
export interface Section {
  readonly title: string;
  readonly entries: readonly (readonly [term: string, meaning: string])[];
}

/** A section in at most `width` columns, as commander lays out options. */
const shown = ({ title, entries }: Section, width: number): string => {
  const help = new Help();
  help.prepareContext({ helpWidth: width });
  help.minWidthToWrap = narrowest;
  const terms = Math.max(...entries.map(([term]) => term.length));
  const items = entries.map(([term, meaning]) => help.formatItem(term, terms, meaning, help));
  return `\n${[heading(`${title}:`), ...items].join('\n')}`;
};

/** A command in the list of commands: its name and its arguments. */
const synopsis = (command: CommandUnknownOpts): string =>
  [command.name(), ...command.registeredArguments.map((argument) => new Help().argumentTerm(argument))].join(
    ' ',
  );

/** What an option or an argument is, and its choices and its default where the words do not name them yet. */
const described = ({ description, argChoices = [], defaultValue }: Option | Argument): string => {
  const named = argChoices.every((choice) => description.includes(choice));
  const standard = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  return [
    description,
    ...(named ? [] : [`(${argChoices.join(', ')})`]),
    ...(standard ? [`(default: ${defaultValue})`] : []),
  ].join(' ');
};

/** Commander's words, each line ended by a full stop, as ours are. */
const sentences = (text: string): string =>
  text.replace(/([^.?)\n])$/m, '$1.').replace(/^\((.*\?)\)$/m, '$1');

/**
 * Lets a command throw instead of ending the process and write to `terminal`, in the width and the colours of that;
 * and adds the sections to its help.
 */
export const contained = (
  command: CommandUnknownOpts,
  { stdout, stderr }: Terminal,
  sections: readonly Section[],
): CommandUnknownOpts =>
  command
    .exitOverride()
    .showHelpAfterError(
      `What there is: mapnet ${command.name() === 'mapnet' ? '' : `${command.name()} `}--help`,
    )
    .configureHelp({
      minWidthToWrap: narrowest,
      styleTitle: heading,
      subcommandTerm: synopsis,
      optionDescription: described,
      argumentDescription: described,
    })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(sentences(text).replace(/^error:/, coloursOf(stderr).red)),
      getOutHelpWidth: () => helpWidth(stdout),
      getErrHelpWidth: () => helpWidth(stderr),
      // Commander takes the escape sequences out where there are no colours.
      getOutHasColors: () => isColoured(stdout),
      getErrHasColors: () => isColoured(stderr),
    })
    .addHelpText('after', ({ error }) => {
      const width = helpWidth(error ? stderr : stdout);
      return sections.map((section) => shown(section, width)).join('\n');
    });
