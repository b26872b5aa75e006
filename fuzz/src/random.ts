// The random choices of one case. A case is made from the seed, its format and its number alone, so that a finding is
// repeated by those three.
import { randomKey, words } from '@mapping-networks/core';

export interface Random {
  /** A whole number of 0 to `bound` - 1. */
  below(bound: number): number;
  pick<T>(list: readonly T[]): T;
  bytes(count: number): Uint8Array;
  /** True in `share` of all cases. */
  chance(share: number): boolean;
}

/** mulberry32, begun by the library's own generator. */
export const randomOf = (seed: number, format: string, index: number): Random => {
  let state = words(randomKey(seed, 'fuzz', format, index), 1)[0] as number;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
    chance: (share) => next() / 2 ** 32 < share,
  };
};
