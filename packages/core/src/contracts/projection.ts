// A projection is the fixed linear map W inside `mapping`: rows = parameters, columns = latent dimensions.
// It is never stored: a key regenerates it, and products with it are computed without forming it.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';
import type { RandomKey } from '../random/key.ts';
import type { RandomRows } from '../random/rows.ts';

/** The contract of kind `projection`: a family of fixed linear maps, one for each size and key. */
export interface Projection {
  /** Fixes W for `rows` × `columns` (columns ≤ rows) and a key. Cheap: no large arrays until asked. */
  bind(rows: number, columns: number, key: RandomKey): BoundProjection;
}

/**
 * W of one size under one key, P × d with P = `rows` and d = `columns`: products with it, on tensors and canonically.
 */
export interface BoundProjection {
  readonly rows: number;
  readonly columns: number;
  /** What the law suite holds this map to, beyond the laws of every projection. */
  readonly claims: {
    /** WᵀW = (rows / columns)·I. */
    readonly orthogonalColumns: boolean;
    /** Rows are pairwise nearly orthogonal: no two parameters are tied. */
    readonly incoherentRows: boolean;
  };
  /**
   * What `project` costs, in simple operations of about a nanosecond each. Readers of files from elsewhere refuse maps
   * that cost too much; a map that does not say is never refused.
   */
  readonly operations?: number;
  /** Those of the frozen arrays that may be trained instead: float32, differentiable in `forward`. Mostly none. */
  readonly trainable: readonly TensorSpec[];
  /** The constants of `forward` and `adjoint`. */
  frozen(): NamedArrays;
  /** What `frozen()` is made of, where that is bits and subsets: see `ParameterMap.randomRows`. */
  randomRows?(): readonly RandomRows[];
  /** W z: `[columns]` → `[rows]`, differentiable. */
  forward(z: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D;
  /** Wᵀ g: `[rows]` → `[columns]`, differentiable. */
  adjoint(g: tf.Tensor1D, frozen: NamedTensors): tf.Tensor1D;
  /** W z in canonical float32 arithmetic: the same bits everywhere. `frozen` replaces the seeded constants. */
  project(z: Float32Array, frozen?: NamedArrays): Float32Array;
  /** Wᵀ g in canonical arithmetic. */
  projectAdjoint(g: Float32Array, frozen?: NamedArrays): Float32Array;
  /** ‖w_j‖ for every row, in closed form. Their mean square is 1. */
  rowNorms(): Float32Array;
  /** w_j · b_j for every row, where B is this same projection bound to the same size with another key. */
  rowDots(otherKey: RandomKey): Float32Array;
  /**
   * W in chunks of about `rows` rows, where it can be cut: large ones are then generated piece by piece, in little
   * memory. A map without it is generated at once.
   */
  chunks?(rows: number): ProjectionChunks;
}

/** The rows of a projection in chunks of equal size, all computed by the same operations on other constants. */
export interface ProjectionChunks {
  /** Rows of a chunk: chunk k begins with row k·rows of W. The last may go beyond W; what it has there is no part of W. */
  readonly rows: number;
  /** The constants that all chunks share. */
  frozen(): NamedArrays;
  /**
   * The constants of chunk k besides: other names than in `frozen`; the same names and shapes for every k. `reuse` is an
   * earlier table that nobody reads any more: its arrays may be written to instead of new ones.
   */
  table(k: number, reuse?: NamedArrays): NamedArrays;
  /** The rows of W z in one chunk: `[columns]` → `[rows]`. `constants` are `frozen` and `table` of the chunk. */
  forward(z: tf.Tensor1D, constants: NamedTensors): tf.Tensor1D;
  /** The rows of chunk k in canonical arithmetic, up to the last row of W: the bits of the whole's `project`. */
  project(k: number, z: Float32Array): Float32Array;
}
