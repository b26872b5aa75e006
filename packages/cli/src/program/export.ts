// The flags and the help of `mapnet export`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import { below, positive, rankOrEnergy, whole } from '../number-argument.ts';
import type { Terminal } from '../terminal.ts';
import {
  collect,
  configFlag,
  datasetFlag,
  debugFlag,
  engineFlag,
  jsonFlag,
  quietFlag,
  runArgument,
  verboseFlag,
} from './flags.ts';

export const exporting = (terminal: Terminal): CommandUnknownOpts =>
  new Command('export')
    .summary('make a run smaller, and write it for other runtimes')
    .description(
      'Make the network of a run smaller by passes, and write it for other runtimes: a folder for each of --to, and ' +
        'export.json with what each pass and each export did to size, scores and outputs. Every export is loaded in ' +
        'its own runtime and compared with the network; one beyond its tolerance fails and is not written.',
    )
    .addArgument(runArgument())
    .optionsGroup('Exports:')
    .option(
      '--to <names>',
      `onnx, tfjs, safetensors, latent, generator: one or several, such as onnx,latent, or JSON with options, such as '{"use":"onnx","sparse":false}'; repeatable`,
      collect,
    )
    .addOption(
      new Option(
        '--precision <type>',
        'numbers in onnx: auto, in fewer bits where that loses nothing, float32, float16, or int8, in which activations are too (default: auto); other exporters have options of their own, for --to as JSON',
      ).choices(['auto', 'float32', 'float16', 'int8'] as const),
    )
    .option(
      '--examples <n>',
      'examples that exports are compared on, 1 to 1,000,000',
      whole(1, 1_000_000),
      1000,
    )
    .option('--out <folder>', 'where they are written (default: RUN/export)')
    .option('--force', 'replace the export in --out')
    .optionsGroup('Passes, in this order:')
    .option(
      '--low-rank <rank>',
      'dense layers as products of this rank, or of the rank that keeps a part, below 1, of the squared singular values',
      rankOrEnergy,
    )
    .option('--prune <share>', 'share of the parameters that become 0, above 0 and below 1', below(1))
    .addOption(
      new Option(
        '--prune-scope <scope>',
        'where the smallest are looked for: global, layer, tensor (default: global)',
      ).choices(['global', 'layer', 'tensor'] as const),
    )
    .addOption(
      new Option('--quantize <type>', 'weights in fewer bits: int8, int4, float16, bfloat16').choices([
        'int8',
        'int4',
        'float16',
        'bfloat16',
      ] as const),
    )
    .addOption(
      new Option(
        '--latent <type>',
        'the trained numbers in fewer bits: int8, int4, float16, bfloat16',
      ).choices(['int8', 'int4', 'float16', 'bfloat16'] as const),
    )
    .option(
      '--fine-tune <epochs>',
      'train on for so many epochs in each of these passes that can, above 0, at most 10000 (default: not at all)',
      positive(10_000),
    )
    .option(
      '--pass <pass>',
      'instead of these flags: any pass by name, or as JSON with its options; repeatable, in the order to run in',
      collect,
    )
    .optionsGroup('Data:')
    .addOption(datasetFlag(' (default: the one it was trained on)'))
    .addOption(
      new Option(
        '--checkpoint <which>',
        'export a checkpoint, latest or best, instead of the network',
      ).choices(['latest', 'best'] as const),
    )
    .optionsGroup('Other:')
    .addOption(engineFlag('that of the run'))
    .addOption(configFlag())
    .addOption(jsonFlag('what export.json holds'))
    .addOption(quietFlag())
    .addOption(verboseFlag('the figures that passes give of themselves, and how long each phase took'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        [
          'mapnet export runs/long --prune 0.9 --fine-tune 2 --quantize int8 --to onnx,tfjs,latent',
          'runs/long/export: 90 % of the weights 0, the rest in 8 bits',
        ],
        [
          `mapnet export runs/long --pass '{"use":"prune","structure":"2:4"}' --to onnx --out small`,
          'a pass with options of its own',
        ],
        ['mapnet list pass', 'all passes and their options; mapnet list exporter'],
      ),
    )
    .action(async (run, options) =>
      (await import('../commands/export.ts')).exportRun(run, options, terminal),
    );
