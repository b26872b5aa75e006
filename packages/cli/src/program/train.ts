// The flags and the help of `mapnet train`.
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples } from '../help.ts';
import { positive, whole } from '../number-argument.ts';
import type { Terminal } from '../terminal.ts';
import { collect, configFlag, datasetFlag, debugFlag, engineFlag, jsonFlag } from './flags.ts';

export const train = (terminal: Terminal): CommandUnknownOpts =>
  new Command('train')
    .summary('train a network, and keep it as a folder of a few kilobytes')
    .description('Train a network and keep it in a run folder. Flags win over the config file.')
    .addOption(configFlag())
    .option('--target <name>', 'network: cnn1, cnn2, cnnBn, mlp')
    .addOption(datasetFlag(''))
    .option('--latent-dim <n>', 'how many numbers are trained', whole(1))
    .addOption(new Option('--strategy <name>', 'one latent, or one a layer').choices(['single', 'layerwise']))
    .option('--projection <name>', 'fixed map: hadamard (default), oneHot, dense')
    .option('--parameterization <name>', 'mapping (default), direct (the baseline)')
    .option('--epochs <n>', 'passes over the training split', whole(1))
    .option('--batch-size <n>', 'examples a step', whole(1))
    .option('--lr <rate>', 'peak learning rate', positive)
    .option('--seed <n>', 'seed of the run', whole(0))
    .addOption(engineFlag())
    .option('--set <path=value>', 'any other option, such as target.hidden=[64]; repeatable', collect)
    .option('--out <folder>', 'run folder (default: runs/TARGET-DATASET-TIME)')
    .option('--force', 'write over the run in --out')
    .addOption(jsonFlag('the result'))
    .option('--quiet', 'say nothing but errors')
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(
        ['mapnet train --target cnn2 --dataset glyphs --latent-dim 2048', 'all else by default'],
        ['mapnet train --epochs 10 --out runs/long', 'the rest from mapnet.config.ts'],
        ['mapnet train --set parameterization.projection=oneHot', 'an option of a plugin'],
        ['mapnet train --json | tail -n 1 > result.json', 'the result for a program'],
      ),
    )
    .action(async (options) => (await import('../commands/train.ts')).train(options, terminal));
