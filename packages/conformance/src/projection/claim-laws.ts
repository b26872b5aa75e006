// Laws that hold where a projection claims them, for square maps, and for keys.
import { expectClose, expectDifferentBits, expectSameBits } from '../checks/arrays.ts';
import { expectSameArrays } from '../checks/named.ts';
import { gaussian } from '../checks/random-arrays.ts';
import { randomKey } from '@mapping-networks/core';
import { law, type Law } from '../law.ts';
import type { BoundCase } from './bound.ts';

/** WᵀW = (P/d)·I: WᵀW z is z times P/d for any z. */
export const orthogonalityLaws = ({
  rows,
  columns,
  title,
  seed,
  bound,
  frozen,
}: BoundCase): readonly Law[] => {
  if (!bound().claims.orthogonalColumns) return [];
  return [
    law(`${title}: WᵀW = (P/d)·I, as claimed`, () => {
      for (let n = 0; n < 3; n++) {
        const z = gaussian(columns, seed, 'orthogonal', n);
        const image = bound().projectAdjoint(bound().project(z, frozen()), frozen());
        expectClose(
          'WᵀWz',
          image,
          z.map((value) => (value * rows) / columns),
          1e-4,
        );
      }
    }),
  ];
};

/** At d = P a projection loses nothing: it permutes the latent and changes signs. */
export const squareLaws = ({ columns, seed, bound, frozen }: BoundCase): readonly Law[] => [
  law(`${columns} to ${columns}: a square map is a signed permutation`, () => {
    // A linear map that does this to a random z does it to every z, but for a set of measure zero.
    for (let n = 0; n < 2; n++) {
      const z = gaussian(columns, seed, 'square', n);
      const sizes = (values: Float32Array): Float32Array => values.map(Math.abs).toSorted();
      expectSameBits('sorted |Wz|', sizes(bound().project(z, frozen())), sizes(z));
    }
  }),
];

/** The key decides everything, and nothing else does. */
export const keyLaws = ({
  rows,
  columns,
  title,
  seed,
  bound,
  boundTo,
  otherKey,
}: BoundCase): readonly Law[] => {
  const z = gaussian(columns, seed, 'key');
  const g = gaussian(rows, seed, 'key');
  return [
    law(`${title}: the same key gives the same bits`, () => {
      const again = boundTo(randomKey(seed, 'projection'));
      expectSameArrays('frozen()', again.frozen(), bound().frozen());
      expectSameBits('project(z)', again.project(z), bound().project(z));
      expectSameBits('projectAdjoint(g)', again.projectAdjoint(g), bound().projectAdjoint(g));
      expectSameBits('rowNorms()', again.rowNorms(), bound().rowNorms());
    }),
    law(`${title}: another key gives another map`, () => {
      expectDifferentBits('project(z) under another key', boundTo(otherKey).project(z), bound().project(z));
    }),
  ];
};
