// The command line of `mapnet`: commands, flags and help. What a command does is imported when it is asked for.
import { Argument, Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples, exitCodes } from './help.ts';
import { positive, whole } from './number-argument.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Errors are thrown instead of ending the process, and everything is written to `terminal`. */
const contained = (command: CommandUnknownOpts, { stdout, stderr }: Terminal): CommandUnknownOpts =>
  command
    .exitOverride()
    .showHelpAfterError(
      `What there is: mapnet ${command.name() === 'mapnet' ? '' : `${command.name()} `}--help`,
    )
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    });

const configFlag = () =>
  new Option('--config <file>', 'config file (default: mapnet.config.* in this folder)');
const jsonFlag = (what: string) => new Option('--json', `print ${what} as JSON on stdout, words on stderr`);
const debugFlag = () => new Option('--debug', 'show where an error is from');
const engineFlag = () => new Option('--engine <name>', 'what computes: wasm (default), cpu');
const datasetFlag = (note: string) =>
  new Option('--dataset <name>', `data: glyphs, mnist, fashionMnist${note}`);
const runArgument = () => new Argument('<run>', 'run folder that mapnet train has written');

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const train = (terminal: Terminal) =>
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
    .action(async (options) => (await import('./commands/train.ts')).train(options, terminal));

const evaluate = (terminal: Terminal) =>
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
    .action(async (run, options) => (await import('./commands/eval.ts')).evaluateRun(run, options, terminal));

const predict = (terminal: Terminal) =>
  new Command('predict')
    .summary('say what a run sees in pictures')
    .description('Classify pictures: PNG files, or IDX files of pictures (plain or .gz).')
    .addArgument(runArgument())
    .argument('<pictures...>', 'PNG or IDX files')
    .option('--top <n>', 'classes shown for each picture', whole(1), 3)
    .option('--limit <n>', 'pictures read from each IDX file', whole(1), 10)
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
      (await import('./commands/predict.ts')).predict(run, pictures, options, terminal),
    );

const info = (terminal: Terminal) =>
  new Command('info')
    .summary('say what a run is, and check that it is whole')
    .description('Say what a run is and how large; regenerate its parameters and check their fingerprint.')
    .addArgument(runArgument())
    .addOption(configFlag())
    .addOption(jsonFlag('the facts'))
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet info runs/long', 'sizes, options, fingerprint']))
    .action(async (run, options) => (await import('./commands/info.ts')).info(run, options, terminal));

const list = (terminal: Terminal) =>
  new Command('list')
    .summary('list the plugins that a config may name')
    .description('List plugins: targets, datasets, losses and so on; with a kind, their options too.')
    .argument('[kind]', 'such as target, dataset, loss')
    .addOption(configFlag())
    .addOption(jsonFlag('the list'))
    .addOption(debugFlag())
    .addHelpText(
      'after',
      examples(['mapnet list', 'names'], ['mapnet list target', 'one kind, with options']),
    )
    .action(async (kind, options) => (await import('./commands/list.ts')).list(kind, options, terminal));

const init = (terminal: Terminal) =>
  new Command('init')
    .summary('write a commented mapnet.config.ts')
    .description('Write a commented mapnet.config.ts into this folder.')
    .option('--force', 'replace the one that is there')
    .addOption(debugFlag())
    .addHelpText('after', examples(['mapnet init && mapnet train', 'train what the file says']))
    .action(async (options) => (await import('./commands/init.ts')).init(options, terminal));

/** The whole command line, writing to `terminal`. */
export const program = (terminal: Terminal): CommandUnknownOpts => {
  const root = new Command('mapnet')
    .description('Train, store and use a neural network as a few kilobytes.')
    .version(version)
    .addHelpText(
      'after',
      examples(
        ['mapnet train --target cnn2 --dataset glyphs --latent-dim 2048', 'train, all else by default'],
        ['mapnet init && mapnet train', 'the same from a config file'],
        ['mapnet eval runs/first', 'measure it again'],
        ['mapnet list', 'what there is to choose from'],
      ) +
        '\n' +
        exitCodes,
    );
  for (const make of [train, evaluate, predict, info, list, init])
    root.addCommand(contained(make(terminal), terminal));
  return contained(root, terminal);
};
