// The flags and the help of `mapnet predict`.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import { whole } from '../number-argument.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, debugFlag, engineFlag, jsonFlag, runArgument } from './flags.ts';

export const predict = (terminal: Terminal): CommandUnknownOpts =>
  new Command('predict')
    .summary('say what a run sees in pictures')
    .description('Classify pictures: PNG files, or IDX files of pictures (plain or .gz).')
    .addArgument(runArgument())
    .argument('<pictures...>', 'PNG or IDX files')
    .option('--top <n>', 'classes shown for each picture', whole(1, 1000), 3)
    .option('--limit <n>', 'pictures read from each IDX file', whole(1, 1_000_000), 10)
    .option('--invert', 'pictures are dark on light, the dataset light on dark')
    .addOption(engineFlag())
    .addOption(configFlag())
    .addOption(jsonFlag('the predictions'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(['mapnet predict runs/long seven.png --invert', 'class and probabilities']),
    )
    .action(async (run, pictures, options) =>
      (await import('../commands/predict.ts')).predict(run, pictures, options, terminal),
    );
