// Validation examples are carved out of the training examples by a seed, so that the test examples need never choose.
import { randomKey, requireWhole, subset } from '@mapping-networks/core';

/** Rows of the training examples, each in increasing order. */
export interface HeldOut {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * `validation` of `count` rows, drawn by the seed, and the rows that remain.
 *
 * @throws CORE_INVALID_ARGUMENT unless `validation` is a whole number of 0 to `count`; CORE_INVALID_SEED
 * @example
 * ```ts
 * import { holdOut } from '@mapping-networks/datasets';
 * const { train, validation } = holdOut(10, 3, 0);
 * console.log(train.length, validation.length); // 7, 3
 * ```
 */
export const holdOut = (count: number, validation: number, seed: number): HeldOut => {
  requireWhole('holdOut', 'count', count, 0, 2 ** 31);
  requireWhole('holdOut', 'validation', validation, 0, count);
  const held = subset(randomKey(seed, 'datasets', 'validation'), count, validation);
  const isHeld = new Uint8Array(count);
  for (const row of held) isHeld[row] = 1;
  return {
    validation: held,
    train: Int32Array.from({ length: count }, (_, row) => row).filter((row) => isHeld[row] === 0),
  };
};

/** `count` of the rows, drawn by the seed, in their order; `all` of them if so asked. */
export const some = (rows: Int32Array, count: number | 'all', seed: number, split: string): Int32Array =>
  count === 'all' || count >= rows.length
    ? rows
    : subset(randomKey(seed, 'datasets', split), rows.length, count).map((at) => rows[at] ?? 0);
