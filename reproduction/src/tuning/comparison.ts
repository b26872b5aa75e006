// Variants compared on what they have in common with the first one: the same bench, epochs, base and seed.
import { cells, spreadOf } from '../page/summary.ts';
import type { TrialRecord } from './records.ts';
import type { Sweep } from './sweep.ts';

type Score = Pick<TrialRecord, 'bench' | 'epochs' | 'base' | 'seed' | 'variant'> & {
  readonly accuracy: number;
  readonly loss: number;
};

/** A running average counts as a variant. */
const scoresOf = (records: readonly TrialRecord[]): readonly Score[] =>
  records.flatMap(({ bench, epochs, base, seed, variant, validation, averaged }) => {
    const all = [
      ['', validation] as const,
      ...Object.entries(averaged).map(([decay, scores]) => [`, average ${decay}`, scores] as const),
    ];
    return all.map(([suffix, { accuracy = Number.NaN, loss }]) => ({
      bench,
      epochs,
      base,
      seed,
      variant: `${variant}${suffix}`,
      accuracy: 100 * accuracy,
      loss,
    }));
  });

const place = ({ bench, epochs, base }: Score): string => JSON.stringify([bench, epochs, base]);

/** Differences to the first variant, trial by trial. */
const pairedWith = (first: string, scores: readonly Score[], variant: string): readonly number[] =>
  scores
    .filter((score) => score.variant === variant)
    .flatMap((score) => {
      const other = scores.find(
        (each) => each.variant === first && place(each) === place(score) && each.seed === score.seed,
      );
      return other ? [score.accuracy - other.accuracy] : [];
    });

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/** `+0.31 ± 0.12`: mean and standard error. */
const gainText = (differences: readonly number[]): string => {
  if (differences.length === 0) return '–';
  const { mean, std } = spreadOf(differences);
  return std === undefined
    ? signed(mean)
    : `${signed(mean)} ± ${(std / Math.sqrt(differences.length)).toFixed(2)}`;
};

const cell = (scores: readonly Score[]): string => {
  if (scores.length === 0) return '–';
  const accuracy = spreadOf(scores.map((score) => score.accuracy)).mean.toFixed(2);
  return `${accuracy} (${spreadOf(scores.map(({ loss }) => loss)).mean.toFixed(4)})`;
};

/** A table of accuracy in per cent and loss, all on validation: a row a variant, a column a bench. */
export const comparisonTable = (sweep: Sweep, records: readonly TrialRecord[]): string => {
  const scores = scoresOf(records);
  const first = sweep.variants[0]?.name ?? '';
  const order = sweep.variants.map(({ name }) => name);
  const rank = (name: string): number =>
    order.findIndex((each) => name === each || name.startsWith(`${each}, average`));
  const variants = [...new Set(scores.map(({ variant }) => variant))].toSorted((a, b) => rank(a) - rank(b));
  const places = [...new Map(scores.map((score) => [place(score), score])).entries()];
  const named = places.map(([, { bench, epochs }]) => `${bench}, ${epochs} epochs`);
  const seeds = new Set(scores.map(({ seed }) => seed)).size;
  return [
    cells(['variant', `gain over ${first}`, ...named]),
    cells(['---', '---:', ...named.map(() => '---:')]),
    ...variants.map((variant) =>
      cells([
        variant,
        variant === first ? '' : gainText(pairedWith(first, scores, variant)),
        ...places.map(([at]) =>
          cell(scores.filter((score) => score.variant === variant && place(score) === at)),
        ),
      ]),
    ),
    '',
    `${seeds === 1 ? 'One seed' : `Up to ${seeds} seeds`}; ${records.length} trials.`,
  ].join('\n');
};
