// Two parameters whose rows are nearly parallel are tied: they move together whatever z does. Random rows of d signs
// have cosines of standard deviation 1/√d; a structured map can have whole families of ties instead. And a map whose
// mean row lies in one coordinate sends the alignment loss to that coordinate alone.
import { sampled } from '../checks/random-arrays.ts';
import { aboveLimit } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { dot, rowOf, type BoundCase } from './bound.ts';

/** Below this, chance alone makes large cosines and uneven means. */
const FEWEST_COLUMNS = 64;

const PAIRS_PER_STRIDE = 12;

/** Unit rows, each formed once. */
const directions = ({ bound, frozen }: BoundCase): ((j: number) => Float32Array) => {
  const formed = new Map<number, Float32Array>();
  return (j) => {
    const known = formed.get(j);
    if (known) return known;
    const row = rowOf(bound(), frozen(), j);
    const length = Math.sqrt(dot(row, row));
    const unit = row.map((value) => value / length);
    formed.set(j, unit);
    return unit;
  };
};

/** 1, 2, 4, … below the number of rows: the distances at which transforms and blocks repeat. */
const stridesOf = (rows: number): number[] =>
  Array.from({ length: Math.ceil(Math.log2(rows)) }, (_, k) => 2 ** k).filter((stride) => stride < rows);

export const incoherenceLaws = (size: BoundCase): readonly Law[] => {
  const { rows, columns, title, seed, bound } = size;
  const unit = directions(size);
  const cosine = (i: number, j: number): number => Math.abs(dot(unit(i), unit(j)));
  if (columns < FEWEST_COLUMNS) return [];
  return [
    ...(bound().claims.incoherentRows
      ? [
          law(`${title}: no two rows are nearly parallel, as claimed`, () => {
            // Six standard deviations of independent signs, where that is more than a quarter.
            const limit = Math.max(0.25, 6 / Math.sqrt(columns));
            const some = sampled(150, rows, seed, 'incoherence');
            const worst = some.reduce(
              (most, i, n) => some.slice(0, n).reduce((least, j) => Math.max(least, cosine(i, j)), most),
              0,
            );
            if (worst > limit) throw aboveLimit('largest |cos| of two rows', limit, worst, UNTIE);
          }),
          law(`${title}: rows at no power-of-two distance are tied, as claimed`, () => {
            const limit = 3 / Math.sqrt(columns);
            for (const stride of stridesOf(rows)) {
              const some = sampled(PAIRS_PER_STRIDE, rows - stride, seed, 'stride', stride);
              const squares = some.map((i) => cosine(i, i + stride) ** 2);
              const typical = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
              if (typical > limit)
                throw aboveLimit(`typical |cos| of rows i and i + ${stride}`, limit, typical, UNTIE);
            }
          }),
        ]
      : []),
    law(`${title}: the mean row does not lie in one coordinate`, () => {
      const energies = bound()
        .projectAdjoint(new Float32Array(rows).fill(1), size.frozen())
        .map((value) => value * value);
      const share = Math.max(...energies) / energies.reduce((sum, energy) => sum + energy, 1e-30);
      // The largest of d squared normals has about 2 ln(d)/d of their sum; 30/d is far beyond chance.
      const limit = 30 / columns;
      if (share > limit) throw aboveLimit('share of one coordinate in the mean row', limit, share, SPREAD);
    }),
  ];
};

const UNTIE =
  'Scatter the latent over a random subset before a structured transform, or do not claim incoherent rows.';
const SPREAD = 'Give the rows random signs.';
