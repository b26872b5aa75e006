// A projection of one size as laws look at it: its constants made once, its rows on request.
import {
  float32,
  randomKey,
  type BoundProjection,
  type NamedArrays,
  type Part,
  type RandomKey,
} from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { numbersOf } from '../checks/tensors.ts';

export interface ProjectionSize {
  /** Parameters: the rows of W. */
  readonly rows: number;
  /** Latent dimensions: the columns of W. */
  readonly columns: number;
}

export interface BoundCase extends ProjectionSize {
  /** `2072 to 12788`, for names of laws. */
  readonly title: string;
  readonly seed: number;
  bound(): BoundProjection;
  boundTo(key: RandomKey): BoundProjection;
  frozen(): NamedArrays;
  readonly otherKey: RandomKey;
}

/** The vector a map is applied to, among the map's constants: a name that no projection uses for its own. */
export const INPUT = 'conformance/input';

/** A value made at the first call. */
const once = <T>(make: () => T): (() => T) => {
  const made: T[] = [];
  return () => (made[0] ??= make());
};

export const boundCase = (
  part: Part<'projection'>,
  { rows, columns }: ProjectionSize,
  seed: number,
): BoundCase => {
  const boundTo = (key: RandomKey): BoundProjection => part.impl.bind(rows, columns, key);
  const bound = once(() => boundTo(randomKey(seed, 'projection')));
  return {
    rows,
    columns,
    title: `${columns} to ${rows}`,
    seed,
    bound,
    boundTo,
    frozen: once(() => bound().frozen()),
    otherKey: randomKey(seed + 1, 'projection'),
  };
};

/** Row j of W, as Wᵀ of a unit vector. */
export const rowOf = (bound: BoundProjection, frozen: NamedArrays, j: number): Float32Array => {
  const unit = new Float32Array(bound.rows);
  unit[j] = 1;
  return bound.projectAdjoint(unit, frozen);
};

/** Σ a_i·b_i in float64. */
export const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** W z as TensorFlow.js computes it. */
export const forwardNumbers = (
  bound: BoundProjection,
  frozen: NamedArrays,
  z: Float32Array,
): ArrayLike<number> =>
  numbersOf({ ...frozen, [INPUT]: float32(z) }, (tensors) =>
    bound.forward(tensors[INPUT] as tf.Tensor1D, tensors),
  );

/** Wᵀ g as TensorFlow.js computes it. */
export const adjointNumbers = (
  bound: BoundProjection,
  frozen: NamedArrays,
  g: Float32Array,
): ArrayLike<number> =>
  numbersOf({ ...frozen, [INPUT]: float32(g) }, (tensors) =>
    bound.adjoint(tensors[INPUT] as tf.Tensor1D, tensors),
  );
