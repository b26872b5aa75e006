// The flags and the help of `mapnet train`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import { positive, whole } from '../number-argument.ts';
import type { Terminal } from '../terminal.ts';
import {
  collect,
  configFlag,
  datasetFlag,
  debugFlag,
  engineFlag,
  jsonFlag,
  onNanFlag,
  quietFlag,
  timeLimitFlag,
  verboseFlag,
} from './flags.ts';

export const train = (terminal: Terminal): CommandUnknownOpts =>
  new Command('train')
    .summary('train a network, and keep it as a folder of a few kilobytes')
    .description(
      'Train a network and keep it in a run folder: the network itself, a few kilobytes; its record; and checkpoints ' +
        'from which a run that was interrupted goes on.\n\n' +
        'What is trained is said by the config file, then by flags, then by --set; the last word wins. --target, ' +
        '--dataset and --latent-dim are all that is needed. Ctrl-C ends a run in good order, a second one at once.',
    )
    .optionsGroup('Network:')
    .option('--target <name>', 'network: cnn1, cnn2, cnnBn, mlp; feedForward, a list of layers of your own')
    .option('--latent-dim <n>', 'how many numbers are trained, at least 1', whole(1))
    .option(
      '--parameterization <name>',
      'what makes the parameters: mapping, from a latent vector; direct, the baseline that trains each itself; around one of these lowRank, masked, fakeQuantized (default: mapping)',
    )
    .addOption(
      new Option('--strategy <name>', 'a single latent, or layerwise, one a layer (default: single)').choices(
        ['single', 'layerwise'],
      ),
    )
    .option('--projection <name>', 'fixed map: hadamard, oneHot, dense (default: hadamard)')
    .optionsGroup('Data:')
    .addOption(datasetFlag(''))
    .option('--batch-size <n>', 'examples a step, 1 to 1,000,000 (default: 128)', whole(1, 1_000_000))
    .optionsGroup('Training:')
    .option(
      '--lr <rate>',
      'peak learning rate, above 0, at most 1000 (default: that of the parameterization)',
      positive(1000),
    )
    .option('--seed <n>', 'seed of the run, at least 0 (default: 0)', whole(0))
    .option(
      '--seeds <n>',
      'train several runs, 2 to 1,000, from --seed on; mean ± std at the end',
      whole(2, 1000),
    )
    .addOption(engineFlag())
    .option(
      '--threads <n>',
      'threads of engine onnx, 1 to 1,024 (default: one for each core)',
      whole(1, 1024),
    )
    .option('--dump-graph <folder>', 'write what engine onnx makes of each step there, as ONNX and as text')
    .addOption(onNanFlag())
    .optionsGroup('When it ends:')
    .option(
      '--epochs <n>',
      'passes over the training split, 1 to 1,000,000 (default: 4)',
      whole(1, 1_000_000),
    )
    .option(
      '--patience <n>',
      'end after n epochs without a better validation score, 1 to 1,000,000 (default: none)',
      whole(1, 1_000_000),
    )
    .addOption(timeLimitFlag('end after this much training'))
    .option('--restore-best', 'keep the network of the best epoch, not that of the last')
    .optionsGroup('Config:')
    .addOption(configFlag())
    .option(
      '--set <path=value>',
      `any other option, such as 'target.hidden=[64]' or 'engine.providers=["cuda"]', in quotes for the shell; repeatable`,
      collect,
    )
    .optionsGroup('Run folder:')
    .option('--out <folder>', 'where it is (default: runs/TARGET-DATASET-TIME)')
    .option('--force', 'write over the run in --out, and remove what was exported of it there')
    .option(
      '--checkpoint-every <n>',
      'steps between two checkpoints; 0: only after each epoch (default: 100)',
      whole(0, 1_000_000_000),
    )
    .option('--keep <n>', 'latest checkpoints that are kept, 1 to 1,000', whole(1, 1000), 3)
    .optionsGroup('Output:')
    .addOption(jsonFlag('the result'))
    .addOption(quietFlag())
    .addOption(verboseFlag('the config, where files go, how long each phase took, and every checkpoint'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        [
          'mapnet train --target cnn2 --dataset glyphs --latent-dim 2048',
          'all else by default; nothing is downloaded',
        ],
        [
          'mapnet train --epochs 10 --out runs/long',
          'the rest from the config file in this folder (mapnet init)',
        ],
        [
          'mapnet train --patience 3 --restore-best --time-limit 1h',
          'end when validation stops improving or an hour is over, and keep the best network',
        ],
        ['mapnet train --seeds 3', 'three runs, with mean and standard deviation'],
        [
          'mapnet train --set parameterization.projection=oneHot',
          'an option of a plugin (mapnet list projection)',
        ],
        ['mapnet train --json | tail -n 1 > result.json', 'the result for a program'],
      ),
    )
    .action(async (options) => (await import('../commands/train.ts')).train(options, terminal));
