// The command line of `mapnet`: commands, flags and help. What a command does is imported when it is asked for.
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { contained, examples } from '../help.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { help } from './help.ts';
import { sectionsOf } from './manual.ts';
import { train } from './train.ts';
import { resume } from './resume.ts';
import { evaluate } from './eval.ts';
import { predict } from './predict.ts';
import { report } from './report.ts';
import { exporting } from './export.ts';
import { sensitivity } from './sensitivity.ts';
import { info } from './info.ts';
import { list } from './list.ts';
import { init } from './init.ts';
import { doctor } from './doctor.ts';
import { completion } from './completion.ts';

/** The commands, under the headings of the help. */
const groups: readonly (readonly [
  heading: string,
  makes: readonly ((terminal: Terminal) => CommandUnknownOpts)[],
])[] = [
  ['Train:', [init, train, resume]],
  ['Measure and use:', [evaluate, predict, exporting, report, sensitivity, info]],
  ['Find out:', [list, doctor, completion]],
];

const command = (made: CommandUnknownOpts, terminal: Terminal): CommandUnknownOpts =>
  contained(made.helpOption('-h, --help', 'print this help'), terminal, sectionsOf(made.name()));

/** The whole command line, writing to `terminal`. */
export const program = (terminal: Terminal): CommandUnknownOpts => {
  const root = new Command('mapnet')
    .description(
      'Train, store and use a neural network as a few kilobytes: only a small latent vector is trained, and a fixed, ' +
        'seeded map generates all parameters of the network from it.',
    )
    .version(version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      examples(
        [
          'mapnet train --target cnn2 --dataset glyphs --latent-dim 2048 --out runs/first',
          'train a small convolutional network; nothing is downloaded',
        ],
        ['mapnet init && mapnet train', 'the same from a config file'],
        ['mapnet eval runs/first', 'measure it again'],
        ['mapnet list', 'what there is to choose from'],
      ),
    );
  for (const [heading, makes] of groups) {
    root.commandsGroup(heading);
    for (const make of makes) root.addCommand(command(make(terminal), terminal));
  }
  root.helpCommand(false).addCommand(command(help(root), terminal));
  return command(root, terminal);
};
