// The command line of `mapnet`: commands, flags and help. What a command does is imported when it is asked for.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { examples, exitCodes } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { train } from './train.ts';
import { evaluate } from './eval.ts';
import { predict } from './predict.ts';
import { info } from './info.ts';
import { list } from './list.ts';
import { init } from './init.ts';

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
