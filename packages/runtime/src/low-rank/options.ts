// What of low rank's options decides about bits.

/** Which matrices: kernels of dense layers, kernels of all layers, or those of the layers or tensors named. */
export type LayerChoice = 'dense' | 'all' | readonly string[];

/** One rank for all matrices, or one for each layer or tensor named. */
export type Ranks = number | Readonly<Record<string, number>>;

/** Which matrices become U V, and of which rank. Exactly one of `rank` and `energy` is there. */
export interface RankOptions {
  /**
   * r, 1 … 32,768: one for all `layers`, or one for each layer (or tensor) named, such as `{ fc1: 32 }`; others stay as
   * they are then. At most the smaller side of a matrix that is named.
   */
  readonly rank?: Ranks;
  /** The part of the squared singular values that is kept at least, above 0 and at most 1. */
  readonly energy?: number;
  /**
   * `dense`: kernels of dense layers; `all`: those of convolutions too, as matrices of (height · width · in) × out; or a
   * list of layers or tensors. What would not become smaller stays as it is unless it is named. Default `dense`.
   */
  readonly layers: LayerChoice;
}
