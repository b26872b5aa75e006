// The script for zsh: a function for its completion system, to be put into a folder of fpath, or to be evaluated.
import { match } from 'ts-pattern';
import type { CommandCompletions, Completions, Flag, Place, Source, Word } from './completions.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Within a specification of _arguments, these characters end a part. */
const escaped = (text: string): string => text.replaceAll(/[\\:[\]]/g, String.raw`\$&`);

/** A name and what it is, for _describe, which ends the name at the first colon. */
const described = (name: string, summary: string): string =>
  `${name}:${summary.replaceAll(/[\\:]/g, String.raw`\$&`)}`;

/** Within a list ((word:summary …)), spaces and parentheses do too. */
const listed = ({ value, summary }: Word): string =>
  summary === ''
    ? value
    : `${value}\\:${JSON.stringify(summary.replaceAll(':', ';').replaceAll(/["\\`$]/g, ' '))}`;

const action = (source: Source): string =>
  match(source)
    .with({ type: 'words' }, ({ words }) =>
      words.some(({ summary }) => summary !== '')
        ? `((${words.map(listed).join(' ')}))`
        : `(${words.map(({ value }) => value).join(' ')})`,
    )
    .with({ type: 'files' }, () => '_files')
    .with({ type: 'folders' }, () => '_files -/')
    // One space: there is a value, and nothing to propose.
    .with({ type: 'text' }, () => ' ')
    .exhaustive();

const flagSpec = ({ long, short, summary, value, repeatable }: Flag): string => {
  const what = `[${escaped(summary)}]${value === undefined ? '' : `:${escaped(value.name)}:${action(value.source)}`}`;
  const name = value === undefined ? long : `${long}=`;
  if (short !== undefined) return `${quoted(`(${short} ${long})`)}{${short},${name}}${quoted(what)}`;
  return quoted(`${repeatable ? '*' : ''}${name}${what}`);
};

const placeSpec = ({ name, source, variadic }: Place, index: number): string =>
  quoted(`${variadic ? '*' : String(index + 1)}:${escaped(name)}:${action(source)}`);

const rows = (specs: readonly string[], indent: string): string =>
  specs.map((spec) => `${indent}${spec}`).join(' \\\n');

const branch = ({ name, flags, places }: CommandCompletions): string =>
  `        ${name})
          _arguments -s \\
${rows([...flags.map(flagSpec), ...places.map(placeSpec)], '            ')}
          ;;`;

export const zshScript = ({ root, commands }: Completions): string => `#compdef mapnet
# zsh completion of mapnet, printed by: mapnet completion zsh

_mapnet() {
  local curcontext="$curcontext" state line
  local -a commands
  _arguments -C \\
${rows(root.flags.map(flagSpec), '    ')} \\
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command)
      commands=(
${commands.map(({ name, summary }) => `        ${quoted(described(name, summary))}`).join('\n')}
      )
      _describe -t commands 'mapnet command' commands
      ;;
    rest)
      case $line[1] in
${commands.map(branch).join('\n')}
      esac
      ;;
  esac
}

# Found in fpath, this file is the body of the function; evaluated, it defines it.
if [[ $funcstack[1] == _mapnet ]]; then
  _mapnet "$@"
else
  compdef _mapnet mapnet
fi
`;
