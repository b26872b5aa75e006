// A projection is the fixed linear map W inside `mapping`: rows = parameters, columns = latent dimensions.
// It is never stored: a key regenerates it, and products with it are computed without forming it.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';
import type { RandomKey } from '../random/key.ts';

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
}
