// A result in a few lines for people.
import { align } from './align.ts';
import { commandLine } from './command-line.ts';
import { bytes, count, duration, loss, ratio, scores } from './format.ts';
import { pageWidth } from './output.ts';
import type { Result } from './result.ts';
import { say, words, type OutputOptions, type Terminal } from './terminal.ts';

/** Points for accuracies, plain numbers for errors. */
const gapText = (gap: number, { test }: Result): string =>
  test['accuracy'] === undefined ? loss(gap) : `${(gap * 100).toFixed(2)} points`;

const ends: { readonly [Reason in NonNullable<Result['ended']>]: string | undefined } = {
  completed: undefined,
  stopped: 'stopped by a callback',
  patience: 'validation stopped improving (patience)',
  'time-limit': 'time limit',
};

/** What ended a run before its last epoch, if anything did. */
export const endText = ({ ended }: Result): string | undefined => ended && ends[ended];

export const summaryLines = (result: Result, width: number = Infinity): string[] => {
  const { trainables, targetParameters, compression, gap } = result;
  const ended = endText(result);
  return [
    '',
    ...align(
      [
        ['train', scores(result.train)],
        ...(result.validation === undefined ? [] : [['validation', scores(result.validation)]]),
        ['test', scores(result.test)],
        ...(gap === undefined ? [] : [['train/test gap', gapText(gap, result)]]),
        [
          'size',
          `${count(trainables)} numbers for ${count(targetParameters)} parameters (${ratio(compression)}), ${bytes(result.artifactBytes)}`,
        ],
        ['time', duration(result.seconds)],
        ...(ended === undefined ? [] : [['ended by', ended]]),
        ...(result.config['restoreBest'] === true
          ? [['network', 'that of the best validated epoch (--restore-best)']]
          : []),
        ...(result.ended === 'time-limit'
          ? [['go on with', commandLine('mapnet', 'resume', result.run)]]
          : []),
        ['saved in', result.run],
        ['next', commandLine('mapnet', 'report', result.run)],
        ['', commandLine('mapnet', 'eval', result.run)],
      ],
      { width },
    ),
  ];
};

/** Says it, and prints the result for a program. */
export const sayResult = (result: Result, options: OutputOptions, terminal: Terminal): void => {
  const text = words(terminal, options);
  for (const line of summaryLines(result, pageWidth(text, Infinity))) say(text, line);
  if (options.json) say(terminal.stdout, JSON.stringify(result));
};
