// The flags and the help of `mapnet eval`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, datasetFlag, debugFlag, engineFlag, jsonFlag, runArgument } from './flags.ts';

export const evaluate = (terminal: Terminal): CommandUnknownOpts =>
  new Command('eval')
    .summary('measure a run on a split of its dataset')
    .description('Measure a run on a split of its dataset, or of another one of the same shape.')
    .addArgument(runArgument())
    .addOption(datasetFlag(' (default: the one it was trained on)'))
    .addOption(
      new Option('--split <name>', 'split').choices(['train', 'validation', 'test']).default('test' as const),
    )
    .addOption(engineFlag())
    .addOption(configFlag())
    .addOption(jsonFlag('the scores'))
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet eval runs/long --split validation', 'loss and accuracy']))
    .action(async (run, options) =>
      (await import('../commands/eval.ts')).evaluateRun(run, options, terminal),
    );
