// `mapnet help COMMAND`: another way to write `mapnet COMMAND --help`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';

/** The command `help` of `root`. */
export const help = (root: CommandUnknownOpts): CommandUnknownOpts =>
  new Command('help')
    .summary('print the help of a command')
    .description('Print the help of mapnet, or of one of its commands.')
    .argument('[command]', 'such as train')
    .action(async (name) => {
      const known = name === undefined || root.commands.some((command) => command.name() === name);
      // Run for real, an unknown name gives the error that it gives everywhere, with a suggestion.
      const args = [...(name === undefined ? [] : [name]), ...(known ? ['--help'] : [])];
      await root.parseAsync(args, { from: 'user' });
    });
