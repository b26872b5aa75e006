// A result in a few lines for people.
import { align } from './align.ts';
import { commandLine } from './command-line.ts';
import { bytes, count, duration, loss, scores } from './format.ts';
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

export const summaryLines = (result: Result): string[] => {
  const { trainables, targetParameters, compression, gap } = result;
  const ended = result.ended && ends[result.ended];
  return [
    '',
    ...align([
      ['train', scores(result.train)],
      ['validation', scores(result.validation)],
      ['test', scores(result.test)],
      ...(gap === undefined ? [] : [['train/test gap', gapText(gap, result)]]),
      [
        'size',
        `${count(trainables)} numbers for ${count(targetParameters)} parameters (${compression.toFixed(1)} to 1), ${bytes(result.artifactBytes)}`,
      ],
      ['time', duration(result.seconds)],
      ...(ended === undefined ? [] : [['ended by', ended]]),
      ...(result.ended === 'time-limit' ? [['go on with', commandLine('mapnet', 'resume', result.run)]] : []),
      ['saved in', result.run],
      [
        'next',
        `${commandLine('mapnet', 'report', result.run)}, or ${commandLine('mapnet', 'eval', result.run)}`,
      ],
    ]),
  ];
};

/** Says it, and prints the result for a program. */
export const sayResult = (result: Result, options: OutputOptions, terminal: Terminal): void => {
  const text = words(terminal, options);
  for (const line of summaryLines(result)) say(text, line);
  if (options.json) say(terminal.stdout, JSON.stringify(result));
};
