// The flags and the help of `mapnet init`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { debugFlag } from './flags.ts';

export const init = (terminal: Terminal): CommandUnknownOpts =>
  new Command('init')
    .summary('write a commented mapnet.config.ts')
    .description('Write a commented mapnet.config.ts into this folder.')
    .option('--force', 'replace the one that is there')
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet init && mapnet train', 'train what the file says']))
    .action(async (options) => (await import('../commands/init.ts')).init(options, terminal));
