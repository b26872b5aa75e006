// The arguments and the help of `mapnet completion`.
import { Argument, Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';

export const completion = (terminal: Terminal): CommandUnknownOpts => {
  const command = new Command('completion')
    .summary('print a script that lets a shell complete mapnet')
    .description(
      'Print a script for a shell, which then completes commands, flags, names of plugins and run folders. ' +
        'Print it again after an update.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        [`echo 'source <(mapnet completion bash)' >> ~/.bashrc`, 'bash: read it in every new shell'],
        [
          'mapnet completion bash > ~/.local/share/bash-completion/completions/mapnet',
          'bash with the package bash-completion: read it when it is needed; make the folder first',
        ],
        [
          'mapnet completion zsh > ~/.zfunc/_mapnet',
          'zsh: make the folder first, and put "fpath+=(~/.zfunc)" into ~/.zshrc, above "autoload -Uz compinit && compinit"',
        ],
        ['mapnet completion fish > ~/.config/fish/completions/mapnet.fish', 'fish: nothing more to do'],
      ),
    );
  return command.action(async (shell) =>
    (await import('../commands/completion.ts')).completion(shell, command.parent ?? command, terminal),
  );
};
