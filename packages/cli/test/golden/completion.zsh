#compdef mapnet
# zsh completion of mapnet, printed by: mapnet completion zsh

_mapnet() {
  local curcontext="$curcontext" state line
  local -a commands
  _arguments -C \
    '(-V --version)'{-V,--version}'[output the version number]' \
    '(-h --help)'{-h,--help}'[display help for command]' \
    '1: :->command' \
    '*:: :->rest'
  case $state in
    command)
      commands=(
        'make:make it\: '\''quickly'\'' [or not]'
        'list:'
        'help:display help for command'
      )
      _describe -t commands 'mapnet command' commands
      ;;
    rest)
      case $line[1] in
        make)
          _arguments -s \
            '--projection=[a kind\: of plugins]:name:((hadamard\:"Block-randomised Hadamard map; matrix-free, nearly orthogonal rows (the default)." oneHot\:"Signed weight sharing; each parameter is plus or minus one latent coordinate."))' \
            '(-n --number)'{-n,--number=}'[a number]:n: ' \
            '--how=[a choice]:way:(well badly)' \
            '--out=[a folder]:folder:_files -/' \
            '*--set=[repeatable]:path=value: ' \
            '(-h --help)'{-h,--help}'[display help for command]' \
            '1:run:_files -/' \
            '*:files:_files'
          ;;
        list)
          _arguments -s \
            '(-h --help)'{-h,--help}'[display help for command]' \
            '1:kind:(projection)'
          ;;
        help)
          _arguments -s \
            '1:command:((make\:"make it; '\''quickly'\'' [or not]" list help\:"display help for command"))'
          ;;
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
