// The flags and the help of `mapnet report`.
import { Argument, Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { configFlag, debugFlag, engineFlag, jsonFlag, quietFlag, verboseFlag } from './flags.ts';

export const report = (terminal: Terminal): CommandUnknownOpts =>
  new Command('report')
    .summary('show a run as a page, or compare several')
    .description(
      'Show a run as one self-contained HTML page, or compare several: figures, curves, and tests over seeds. Runs ' +
        'that differ only in their seed count as repetitions; a folder of several seeds stands for its runs.',
    )
    .addArgument(new Argument('<runs...>', 'run folders that mapnet train has written'))
    .option('--out <file>', 'page (default: RUN/report.html, for several runs comparison.html)')
    .addOption(
      new Option('--split <name>', 'which part of the data the page of one run looks into: validation, test')
        .choices(['validation', 'test'])
        .default('test' as const),
    )
    .addOption(engineFlag('that of the run'))
    .addOption(configFlag())
    .addOption(jsonFlag('the figures'))
    .addOption(quietFlag())
    .addOption(verboseFlag('how long each phase took'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        ['mapnet report runs/long', 'runs/long/report.html'],
        ['mapnet report runs/hadamard runs/one-hot', 'comparison.html'],
      ),
    )
    .action(async (runs, options) => (await import('../commands/report.ts')).report(runs, options, terminal));
