// Random tables by the name of their numbers, so that they need not be stored where they can be drawn.
import type { RandomKey } from './key.ts';

/**
 * Rows that are drawn each under a key of its own: row k under `childKey(key, k, name)`, k = 0 … rows − 1. A row is the first
 * `length` bits of the stream (`signBits`), or, with `chosen`, that many of 0 … length − 1 (`subset`).
 */
export interface RandomRows {
  readonly key: RandomKey;
  readonly name: string;
  readonly rows: number;
  readonly length: number;
  readonly chosen?: number;
}
