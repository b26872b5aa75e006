// The flags and the help of `mapnet resume`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import {
  configFlag,
  debugFlag,
  jsonFlag,
  quietFlag,
  runArgument,
  timeLimitFlag,
  verboseFlag,
} from './flags.ts';

export const resume = (terminal: Terminal): CommandUnknownOpts =>
  new Command('resume')
    .summary('go on with a run that was cut short')
    .description(
      'Go on with a run that was cut short, from its newest good checkpoint; the result has the same bits as without ' +
        'the interruption. With several runs of one folder (--seeds), completes what is missing.',
    )
    .addArgument(runArgument())
    .addOption(timeLimitFlag('end after this much more training', 'that of the run'))
    .addOption(configFlag())
    .addOption(jsonFlag('the result'))
    .addOption(quietFlag())
    .addOption(verboseFlag('the config, where files go, how long each phase took, and every checkpoint'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        ['mapnet resume runs/long', 'after Ctrl-C, a kill, a full disk'],
        ['mapnet resume runs/long --time-limit 30m', 'for half an hour more'],
      ),
    )
    .action(async (run, options) => (await import('../commands/resume.ts')).resume(run, options, terminal));
