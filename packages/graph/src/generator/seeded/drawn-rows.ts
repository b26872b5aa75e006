// Random rows as whoever hints at them says that they are drawn: what tables are compared with before seeds replace them.
import { childKey, signBits, subset, words, type RandomKey, type RandomRows } from '@mapping-networks/core';

/** Rows, each drawn when it is asked for. */
export interface DrawnRows {
  readonly rows: RandomRows;
  /** Row k as words of bits. */
  bits(k: number): Uint32Array;
  /** Row k as a subset, in increasing order. */
  members(k: number): Int32Array;
}

/** Bit i of a row. */
export const bitOf = (bits: Uint32Array, i: number): number => ((bits[i >>> 5] as number) >>> (i & 31)) & 1;

/** The steps of the shuffle that draws one of these subsets. */
export const stepsOf = ({ length, chosen = length }: RandomRows): number => Math.min(chosen, length - chosen);

/** The keys of all rows. */
export const keysOf = (all: RandomRows): readonly RandomKey[] =>
  Array.from({ length: all.rows }, (_, k) => keyOf(all, k));

const keyOf = ({ key, name }: RandomRows, k: number): RandomKey => childKey(key, k, name);

export const drawnRows = (rows: RandomRows): DrawnRows => {
  const { length, chosen = 0 } = rows;
  const drawn = new Map<number, Uint32Array>();
  return {
    rows,
    bits: (k) => {
      const known = drawn.get(k);
      if (known !== undefined) return known;
      const row = signBits(keyOf(rows, k), length);
      drawn.set(k, row);
      return row;
    },
    members: (k) => subset(keyOf(rows, k), length, chosen),
  };
};

/** The longest chain of steps, each of which moved on what an earlier one had put there: see `subset` in functions/drawing.ts. */
export const linksOf = (all: RandomRows): number => {
  if (all.chosen === undefined) return 0;
  return keysOf(all).reduce((most, key) => Math.max(most, linksIn(words(key, stepsOf(all)), all.length)), 0);
};

const linksIn = (drawn: Uint32Array, length: number): number => {
  const links = new Int32Array(length);
  let most = 0;
  for (const [i, word] of drawn.entries()) {
    // Exact: both are below 2³², and their product below 2⁵³ for rows of up to 2²¹.
    const j = i + Math.floor((word * (length - i)) / 2 ** 32);
    if (j === i) continue;
    const own = (links[i] as number) + 1;
    links[j] = own;
    most = Math.max(most, own);
  }
  return most;
};
