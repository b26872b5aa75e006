// The script for bash: 3.2, which comes with macOS, or later, with or without the package bash-completion.
import { match } from 'ts-pattern';
import type { CommandCompletions, Completions, Flag, Source } from './completions.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** One line that fills COMPREPLY. */
const propose = (source: Source): string =>
  match(source)
    .with(
      { type: 'words' },
      ({ words }) => `_mapnet_words ${quoted(words.map(({ value }) => value).join(' '))}`,
    )
    .with({ type: 'files' }, () => '_mapnet_paths default -f')
    .with({ type: 'folders' }, () => '_mapnet_paths dirnames -d')
    .with({ type: 'text' }, () => ':')
    .exhaustive();

const spellings = ({ long, short }: Flag): readonly string[] => [
  long,
  ...(short === undefined ? [] : [short]),
];

const pattern = (command: string, words: readonly string[]): string =>
  words.map((word) => quoted(`${command} ${word}`)).join('|');

const withValue = ({ flags }: CommandCompletions): readonly Flag[] =>
  flags.filter(({ value }) => value !== undefined);

const values = (command: CommandCompletions): readonly string[] =>
  withValue(command).map(
    (flag) =>
      `    ${pattern(command.name, spellings(flag))}) ${propose(flag.value?.source ?? { type: 'text' })}; return ;;`,
  );

const flagWords = ({ flags }: CommandCompletions): string => quoted(flags.flatMap(spellings).join(' '));

const places = ({ name, places: list }: CommandCompletions): readonly string[] =>
  list.map(({ source, variadic }, place) => `    ${name}\\ ${variadic ? '*' : place}) ${propose(source)} ;;`);

export const bashScript = ({
  root,
  commands,
}: Completions): string => `# bash completion of mapnet, printed by: mapnet completion bash

_mapnet_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

# Readline completes paths better than a list can; bash 3.2 cannot ask it to.
_mapnet_paths() {
  compopt -o "$1" 2>/dev/null && return
  local path
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$2" -- "$cur")
}

_mapnet() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" flag="" command="" place=0 i word
  COMPREPLY=()
  # --flag=value comes as three words.
  if [[ $cur == = ]]; then
    flag="\${COMP_WORDS[COMP_CWORD-1]}" cur=""
  elif ((COMP_CWORD > 1)) && [[ \${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
    flag="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ -z $command ]]; then
      [[ $word == -* ]] || command="$word"
    elif [[ $word == = ]]; then
      ((i++))
    elif [[ $word == -* ]]; then
      case "$command $word" in
        ${commands.flatMap((command) => withValue(command).map((flag) => pattern(command.name, spellings(flag)))).join('|')})
          [[ \${COMP_WORDS[i+1]} == = ]] || ((i++))
          ((i < COMP_CWORD)) || flag="$word" ;;
      esac
    else
      ((place++))
    fi
  done
  case "$command $flag" in
${commands.flatMap(values).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
      '') _mapnet_words ${flagWords(root)} ;;
${commands.map((command) => `      ${command.name}) _mapnet_words ${flagWords(command)} ;;`).join('\n')}
    esac
    return
  fi
  case "$command $place" in
    ' 0') _mapnet_words ${quoted(commands.map(({ name }) => name).join(' '))} ;;
${commands.flatMap(places).join('\n')}
  esac
}

complete -F _mapnet mapnet
`;
