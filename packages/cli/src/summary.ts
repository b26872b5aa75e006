// A result in a few lines for people.
import { align } from './align.ts';
import { bytes, count, duration, loss, scores } from './format.ts';
import type { Result } from './result.ts';

/** Points for accuracies, plain numbers for errors. */
const gapText = (gap: number, { test }: Result): string =>
  test['accuracy'] === undefined ? loss(gap) : `${(gap * 100).toFixed(2)} points`;

export const summaryLines = (result: Result): string[] => {
  const { trainables, targetParameters, compression, gap } = result;
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
      ['saved in', result.run],
    ]),
  ];
};
