// The flags and the help of `mapnet list`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, debugFlag, jsonFlag } from './flags.ts';

export const list = (terminal: Terminal): CommandUnknownOpts =>
  new Command('list')
    .summary('list the plugins that a config may name')
    .description('List plugins: targets, datasets, losses and so on; with a kind, their options too.')
    .argument('[kind]', 'such as target, dataset, loss')
    .addOption(configFlag())
    .addOption(jsonFlag('the list'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(['mapnet list', 'names'], ['mapnet list target', 'one kind, with options']),
    )
    .action(async (kind, options) => (await import('../commands/list.ts')).list(kind, options, terminal));
