# bash completion of mapnet, printed by: mapnet completion bash

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
  local cur="${COMP_WORDS[COMP_CWORD]}" flag="" command="" place=0 i word
  COMPREPLY=()
  # --flag=value comes as three words.
  if [[ $cur == = ]]; then
    flag="${COMP_WORDS[COMP_CWORD-1]}" cur=""
  elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
    flag="${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="${COMP_WORDS[i]}"
    if [[ -z $command ]]; then
      [[ $word == -* ]] || command="$word"
    elif [[ $word == = ]]; then
      ((i++))
    elif [[ $word == -* ]]; then
      case "$command $word" in
        'make --projection'|'make --number'|'make -n'|'make --how'|'make --out'|'make --set')
          [[ ${COMP_WORDS[i+1]} == = ]] || ((i++))
          ((i < COMP_CWORD)) || flag="$word" ;;
      esac
    else
      ((place++))
    fi
  done
  case "$command $flag" in
    'make --projection') _mapnet_words 'hadamard oneHot'; return ;;
    'make --number'|'make -n') :; return ;;
    'make --how') _mapnet_words 'well badly'; return ;;
    'make --out') _mapnet_paths dirnames -d; return ;;
    'make --set') :; return ;;
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
      '') _mapnet_words '--version -V --help -h' ;;
      make) _mapnet_words '--projection --number -n --how --out --set --help -h' ;;
      list) _mapnet_words '--help -h' ;;
      help) _mapnet_words '' ;;
    esac
    return
  fi
  case "$command $place" in
    ' 0') _mapnet_words 'make list help' ;;
    make\ 0) _mapnet_paths dirnames -d ;;
    make\ *) _mapnet_paths default -f ;;
    list\ 0) _mapnet_words 'projection' ;;
    help\ 0) _mapnet_words 'make list help' ;;
  esac
}

complete -F _mapnet mapnet
