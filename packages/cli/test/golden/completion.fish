# fish completion of mapnet, printed by: mapnet completion fish

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
complete -c mapnet -n '__mapnet_in \'\'' -l version -s V -d 'output the version number'
complete -c mapnet -n '__mapnet_in \'\'' -l help -s h -d 'display help for command'
complete -c mapnet -n '__mapnet_in \'\'' -a make -d 'make it: \'quickly\' [or not]'
complete -c mapnet -n '__mapnet_in \'\'' -a list -d ''
complete -c mapnet -n '__mapnet_in \'\'' -a help -d 'display help for command'

complete -c mapnet -n '__mapnet_in make' -l projection -r -f -a 'hadamard\\t\'Block-randomised Hadamard map: matrix-free, nearly orthogonal rows (the default).\' oneHot\\t\'Signed weight sharing: each parameter is plus or minus one latent coordinate.\'' -d 'a kind: of plugins'
complete -c mapnet -n '__mapnet_in make' -l number -s n -r -f -d 'a number'
complete -c mapnet -n '__mapnet_in make' -l how -r -f -a 'well badly' -d 'a choice'
complete -c mapnet -n '__mapnet_in make' -l out -r -f -a '(__fish_complete_directories)' -d 'a folder'
complete -c mapnet -n '__mapnet_in make' -l set -r -f -d 'repeatable'
complete -c mapnet -n '__mapnet_in make' -l help -s h -d 'display help for command'
complete -c mapnet -n '__mapnet_place make -eq 0 --projection --number -n --how --out --set' -f -a '(__fish_complete_directories)'
complete -c mapnet -n '__mapnet_place make -ge 1 --projection --number -n --how --out --set' -F

complete -c mapnet -n '__mapnet_in list' -l help -s h -d 'display help for command'
complete -c mapnet -n '__mapnet_place list -eq 0' -f -a 'projection'

complete -c mapnet -n '__mapnet_place help -eq 0' -f -a 'make\\t\'make it: \\\'quickly\\\' [or not]\' list help\\t\'display help for command\''
