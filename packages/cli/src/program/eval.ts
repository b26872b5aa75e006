// The flags and the help of `mapnet eval`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import {
  configFlag,
  datasetFlag,
  debugFlag,
  engineFlag,
  jsonFlag,
  quietFlag,
  runArgument,
  verboseFlag,
} from './flags.ts';

export const evaluate = (terminal: Terminal): CommandUnknownOpts =>
  new Command('eval')
    .summary('measure a run on a split of its dataset')
    .description('Measure a run on a split of its dataset, or of another one of the same shape.')
    .addArgument(runArgument())
    .addOption(datasetFlag(' (default: the one it was trained on)'))
    .addOption(
      new Option('--split <name>', 'which part of the data: train, validation, test')
        .choices(['train', 'validation', 'test'])
        .default('test' as const),
    )
    .addOption(
      new Option(
        '--checkpoint <which>',
        'measure a checkpoint, latest or best, instead of the network',
      ).choices(['latest', 'best'] as const),
    )
    .addOption(engineFlag('that of the run'))
    .addOption(configFlag())
    .addOption(jsonFlag('the scores'))
    .addOption(quietFlag('the scores and errors'))
    .addOption(verboseFlag('the network and the engine, and how long each phase took'))
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet eval runs/long --split validation', 'loss and accuracy']))
    .action(async (run, options) =>
      (await import('../commands/eval.ts')).evaluateRun(run, options, terminal),
    );
