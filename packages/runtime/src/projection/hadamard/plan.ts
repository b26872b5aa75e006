// What a block-randomised Hadamard map is made of. θ is cut into blocks of n = 2^⌈log2 d⌉ rows; block k is
// (1/√d)·S_k·H·D_k·E_k: E_k spreads z over a random d-subset of n positions, D_k and S_k are random signs, H is the
// n × n Walsh-Hadamard matrix. Without E_k, padding would tie rows i and i + n/2; without S_k, the mean of all rows
// would sit in one coordinate.
import { childKey, type RandomKey } from '../../random/key.ts';
import { subset } from '../../random/permutation.ts';
import { signBits } from '../../random/signs.ts';

/** A map, or a range of whole blocks of one. */
export interface HadamardPlan {
  readonly rows: number;
  /** d, the latent dimension. */
  readonly columns: number;
  /** n, the rows of a block: the power of two at or above d. */
  readonly n: number;
  readonly blocks: number;
  /** The number of the first block. */
  readonly first: number;
  readonly key: RandomKey;
}

/** The random parts of one block. */
export interface HadamardBlock {
  /** E_k: where each latent coordinate goes, increasing. */
  readonly positions: Int32Array;
  /** D_k: one bit for each latent coordinate. */
  readonly right: Uint32Array;
  /** S_k: one bit for each row. */
  readonly left: Uint32Array;
}

/**
 * The sizes of a map of `rows` × `columns`, 1 ≤ columns; its random parts are drawn block by block from `key`.
 *
 * @example
 * ```ts
 * import { hadamardPlan, randomKey } from '@mapping-networks/runtime/canonical';
 * const { n, blocks } = hadamardPlan(108_618, 2048, randomKey(0, 'example'));
 * console.log(n, blocks); // 2048 54
 * ```
 */
export const hadamardPlan = (rows: number, columns: number, key: RandomKey): HadamardPlan => {
  // ⌈log2⌉ in integers: Math.log2 need not be exact.
  const n = 1 << (32 - Math.clz32(columns - 1));
  return { rows, columns, n, blocks: Math.ceil(rows / n), first: 0, key };
};

/** Blocks `first`, `first` + 1, … of a plan as a map of `rows` rows. */
export const blockRange = (plan: HadamardPlan, first: number, rows: number): HadamardPlan => ({
  ...plan,
  rows,
  blocks: Math.ceil(rows / plan.n),
  first,
});

/** Block k of the plan, from keys (…, 'block', first + k, 'positions' | 'right' | 'left'). */
export const hadamardBlock = ({ columns, n, first, key }: HadamardPlan, k: number): HadamardBlock => {
  const block = childKey(key, 'block', first + k);
  return {
    positions: subset(childKey(block, 'positions'), n, columns),
    right: signBits(childKey(block, 'right'), columns),
    left: signBits(childKey(block, 'left'), n),
  };
};

/**
 * What a product costs: for each block its keys, signs and places, and butterflies. As nanoseconds, more than
 * `npm run reproduce:generation` measures (column `canonical` of reproduction/README.md): an upper bound, by which readers
 * refuse costly maps.
 */
export const hadamardOperations = ({ n, blocks }: HadamardPlan): number =>
  blocks * (10_000 + n * (50 + 10 * Math.log2(n)));
