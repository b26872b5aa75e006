// What pruning chooses between: a way to tell, for weights θ and what is kept of them, what is kept at some sparsity.
import type { Kept } from '../mask.ts';

export interface Chooser {
  /** The sparsity of what is kept, in the terms of `choose`. */
  present(kept: Kept): number;
  /** What stays of `kept` at a sparsity of at least `sparsity`. */
  choose(theta: Float32Array, kept: Kept, sparsity: number): Kept;
  /** Figures of its own about what is kept. */
  details?(kept: Kept): Readonly<Record<string, string>>;
}

/** |θ_i|, and below all of them what is gone already. */
export const magnitudes = (theta: Float32Array, kept: Kept): Float32Array =>
  theta.map((value, i) => (kept[i] === 0 ? -1 : Math.abs(value)));
