// The script for fish, 3.1 or later.
import { match } from 'ts-pattern';
import type { CommandCompletions, Completions, Flag, Source, Word } from './completions.ts';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

/** A list is read as words of the shell once more: each its value, a tab, and what it is. */
const listed = (words: readonly Word[]): string =>
  words.map(({ value, summary }) => (summary === '' ? value : `${value}\\t${quoted(summary)}`)).join(' ');

/** What to propose in a place. Files are not proposed unless said. */
const proposal = (source: Source): string =>
  match(source)
    .with({ type: 'words' }, ({ words }) => ` -f -a ${quoted(listed(words))}`)
    .with({ type: 'files' }, () => ' -F')
    .with({ type: 'folders' }, () => ` -f -a '(__fish_complete_directories)'`)
    .with({ type: 'text' }, () => ' -f')
    .exhaustive();

const flagLine =
  (condition: string) =>
  ({ long, short, summary, value }: Flag): string => {
    const names = `-l ${long.replace(/^--/, '')}${short === undefined ? '' : ` -s ${short.replace(/^-/, '')}`}`;
    const takes = value === undefined ? '' : ` -r${proposal(value.source)}`;
    return `complete -c mapnet -n ${quoted(condition)} ${names}${takes} -d ${quoted(summary)}`;
  };

const valued = ({ flags }: CommandCompletions): readonly string[] =>
  flags.flatMap(({ long, short, value }) => (value === undefined ? [] : [long, ...(short ? [short] : [])]));

const commandLines = (command: CommandCompletions): readonly string[] => {
  const { name, flags, places } = command;
  const takes = valued(command).join(' ');
  return [
    '',
    ...flags.map(flagLine(`__mapnet_in ${name}`)),
    ...places.map(({ source, variadic }, place) => {
      const test = `__mapnet_place ${name} ${variadic ? '-ge' : '-eq'} ${place} ${takes}`.trimEnd();
      return `complete -c mapnet -n ${quoted(test)}${proposal(source)}`;
    }),
  ];
};

export const fishScript = ({
  root,
  commands,
}: Completions): string => `# fish completion of mapnet, printed by: mapnet completion fish

# The command of the line is this one; with no name, there is none yet.
function __mapnet_in
    set -l words (commandline -opc)
    for word in $words[2..-1]
        string match -q -- '-*' $word; and continue
        test "$word" = "$argv[1]"
        return
    end
    test -z "$argv[1]"
end

# So many arguments stand before the cursor: command, comparison, number, flags that take a value.
function __mapnet_place
    __mapnet_in $argv[1]; or return 1
    set -l place -1
    set -l skip 0
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- $word $argv[4..-1]
            set skip 1
        else if not string match -q -- '-*' $word
            set place (math $place + 1)
        end
    end
    test $skip = 0; and test $place $argv[2] $argv[3]
end

complete -c mapnet -f
${root.flags.map(flagLine(`__mapnet_in ''`)).join('\n')}
${commands.map(({ name, summary }) => `complete -c mapnet -n ${quoted(`__mapnet_in ''`)} -a ${name} -d ${quoted(summary)}`).join('\n')}
${commands.flatMap(commandLines).join('\n')}
`;
