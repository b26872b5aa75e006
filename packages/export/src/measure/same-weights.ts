// Weights that claim to be the same are compared as bits.
import type { NamedArrays } from '@mapping-networks/core';
import { weightsDiffer } from '../errors.ts';

/** @throws EXPORT_WEIGHTS_DIFFER naming the first number that is another one; −0 is not 0 */
export const requireSameWeights = (
  received: Readonly<Record<string, { readonly data: ArrayLike<number> }>>,
  expected: NamedArrays,
): void => {
  for (const [name, { data }] of Object.entries(expected)) {
    const other = received[name]?.data ?? [];
    const differs = data.findIndex((value, i) => !Object.is(value, other[i]));
    if (differs >= 0)
      throw weightsDiffer(name, differs, data[differs] ?? Number.NaN, other[differs] ?? Number.NaN);
  }
};
