// The flags and the help of `mapnet doctor`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, debugFlag, jsonFlag } from './flags.ts';

export const doctor = (terminal: Terminal): CommandUnknownOpts =>
  new Command('doctor')
    .summary('say what is here, what works, and what is missing')
    .description(
      'Look at Node, the machine, engines, data, folders, the environment and the config file of this folder. ' +
        'Each engine computes a small step, which is compared with the right numbers. ' +
        'Nothing is downloaded. Exits with 1 when something is broken.',
    )
    .addOption(configFlag())
    .addOption(jsonFlag('the findings'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        ['mapnet doctor', 'one line for each thing that was looked at: ok, note or problem'],
        ['mapnet doctor --json', 'the same for a program'],
      ),
    )
    .action(async (options) => (await import('../commands/doctor.ts')).doctor(options, terminal));
