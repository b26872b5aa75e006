// What a test says, in a sentence. A difference counts when the adjusted p of Welch's test is below 0.05; the paired
// test is told beside it.
import { scoreDifference } from './figures.ts';
import type { PairTest } from './pair-tests.ts';

/** `p = 0.003`, `p < 0.0001`. */
export const pText = (p: number): string => {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.001 ? p.toFixed(4) : p.toFixed(p < 0.1 ? 3 : 2)}`;
};

/** Figures and their signs kept on one line of a page. */
export const unbroken = (words: string): string => words.replaceAll(/ (±|=|<) /g, '\u00A0$1\u00A0');

const times = ([first, second]: PairTest['sizes']): string =>
  first === second ? `${first} seeds each` : `${first} and ${second} seeds`;

/** The sentence for a pair, its groups named by `names`; `several` says that p is adjusted for other pairs. */
export const verdict = (
  { sizes, difference, better, metric, split, welch, paired }: PairTest,
  [a, b]: readonly [first: string, second: string],
  several: boolean,
): string => {
  const where = `${metric} on ${split}`;
  const amount = scoreDifference(metric, Math.abs(difference), welch?.margin);
  if (!welch) {
    return difference === 0
      ? `${a} and ${b} have the same ${where} in every run: there is nothing to test.`
      : `${a} and ${b} differ by ${amount} in ${where}, but neither scatters over seeds: there is nothing to test.`;
  }
  const adjusted = several ? ' after Holm' : '';
  const also = paired ? `; paired by seed, ${pText(paired.adjusted)}` : '';
  const test = `Welch, ${pText(welch.adjusted)}${adjusted}${also}; ${times(sizes)}`;
  if (welch.adjusted >= 0.05) return `${a} and ${b} cannot be told apart in ${where}: ${amount} (${test}).`;
  const [winner, loser] = difference > 0 === (better === 'higher') ? [a, b] : [b, a];
  return `${winner} is better than ${loser} by ${amount} in ${where} (${test}).`;
};
