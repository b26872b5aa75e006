// The flags and the help of `mapnet sensitivity`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import { shares } from '../number-argument.ts';
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

export const sensitivity = (terminal: Terminal): CommandUnknownOpts =>
  new Command('sensitivity')
    .summary('how much of each layer can be pruned')
    .description(
      'Prune one layer of a run at a time, by magnitude and without training on, and score the network on the ' +
        'validation split: which layers can spare weights, and which cannot. A table, and a chart as an SVG. The run ' +
        'stays as it is.',
    )
    .addArgument(runArgument())
    .option(
      '--sparsities <list>',
      'shares that are pruned, up to 100 of them, each of 0 and more and below 1 (default: 0.25,0.5,0.75,0.9,0.95)',
      shares(100),
    )
    .addOption(
      new Option('--scope <scope>', 'what is pruned at a time: layer, tensor')
        .choices(['layer', 'tensor'])
        .default('layer' as const),
    )
    .option('--out <file>', 'chart (default: RUN/sensitivity.svg; with --json none)')
    .option('--force', 'replace a file that is no such chart')
    .addOption(datasetFlag(' (default: the one it was trained on)'))
    .addOption(
      new Option(
        '--checkpoint <which>',
        'look into a checkpoint, latest or best, instead of the network',
      ).choices(['latest', 'best'] as const),
    )
    .addOption(engineFlag('that of the run'))
    .addOption(configFlag())
    .addOption(jsonFlag('the scan'))
    .addOption(quietFlag())
    .addOption(verboseFlag('the network and the engine, and how long each phase took'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        ['mapnet sensitivity runs/long', 'runs/long/sensitivity.svg'],
        [
          'mapnet sensitivity runs/long --sparsities 0.5,0.9 --scope tensor --out tensors.svg',
          'kernels and biases by themselves',
        ],
      ),
    )
    .action(async (run, options) =>
      (await import('../commands/sensitivity.ts')).scanSensitivity(run, options, terminal),
    );
