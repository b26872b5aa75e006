// The flags and the help of `mapnet info`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, debugFlag, jsonFlag, runArgument } from './flags.ts';

export const info = (terminal: Terminal): CommandUnknownOpts =>
  new Command('info')
    .summary('say what a run is, and check that it is whole')
    .description('Say what a run is and how large; regenerate its parameters and check their fingerprint.')
    .addArgument(runArgument())
    .addOption(configFlag())
    .addOption(jsonFlag('the facts'))
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet info runs/long', 'sizes, options, fingerprint']))
    .action(async (run, options) => (await import('../commands/info.ts')).info(run, options, terminal));
