// Several runs for people: one line a seed, then mean ± standard deviation of every score.
import { align } from '../align.ts';
import { commandLine } from '../command-line.ts';
import { duration, loss, scores } from '../format.ts';
import { say, words, type OutputOptions, type Terminal } from '../terminal.ts';
import type { SeedsResult, Spread } from './seeds-result.ts';

/** `91.20 ± 0.35 %`, `0.3312 ± 0.0021`. */
export const spreadText = (name: string, { mean, std }: Spread): string =>
  name === 'accuracy' ? `${inPercent(mean)} ± ${inPercent(std)} %` : `${loss(mean)} ± ${loss(std)}`;

const inPercent = (share: number): string => (100 * share).toFixed(2);

const gapText = (gap: Spread, { runs: [first] }: SeedsResult): string =>
  first?.test['accuracy'] === undefined
    ? spreadText('loss', gap)
    : `${inPercent(gap.mean)} ± ${inPercent(gap.std)} points`;

export const seedsLines = (result: SeedsResult): string[] => {
  const { train, validation, test, gap } = result.summary;
  const names = Object.keys(test);
  const splits = Object.entries({ train, ...(validation && { validation }), test });
  return [
    '',
    ...align(
      result.runs.map(({ seed, test: scored, seconds, run }) => [
        `seed ${seed}`,
        `test ${scores(scored)}`,
        duration(seconds),
        run,
      ]),
    ),
    '',
    ...align([
      [`mean ± std of ${result.runs.length}`, ...names],
      ...splits.map(([split, spreads]) => [
        split,
        ...names.map((name) => (spreads[name] ? spreadText(name, spreads[name]) : '')),
      ]),
    ]),
    ...(gap ? [`train/test gap  ${gapText(gap, result)}`] : []),
    '',
    `saved in  ${result.run}`,
    `next      ${commandLine('mapnet', 'report', result.run)}`,
  ];
};

/** Says it, and prints the object for a program. */
export const saySeeds = (result: SeedsResult, options: OutputOptions, terminal: Terminal): void => {
  const text = words(terminal, options);
  for (const line of seedsLines(result)) say(text, line);
  if (options.json) say(terminal.stdout, JSON.stringify(result));
};
