// What a parameterization is to the runtime: the tensors that it needs from the file, and θ of them.
import type { Spec } from '../files/config.ts';
import type { Tensor } from '../files/safetensors.ts';
import type { RandomKey } from '../random/key.ts';
import type { ParameterSpace } from '../space/parameter.ts';

/** Tensors of a network in the order of θ. */
export type Space = Pick<ParameterSpace, 'parameters' | 'size'>;

/** Tensors of a file by name. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** A tensor that the file has to hold: float32 in a shape, or one that `fits`. */
export type NeededTensor = { readonly name: string } & (
  | { readonly shape: readonly number[]; readonly fits?: never }
  | { readonly shape?: never; readonly fits: (tensor: Tensor) => boolean }
);

/** A parameterization of one space. */
export interface BoundMap {
  readonly needs: readonly NeededTensor[];
  /** What `generate` costs, in operations of about a nanosecond. */
  readonly operations: number;
  /** Whether weights are rounded already. */
  readonly rounded?: true;
  /** θ, flat, by the canonical generator. */
  generate(tensors: Tensors): Float32Array;
}

/** W of one size under one key. */
export interface BoundProjection {
  /** What a product costs, in operations of about a nanosecond. */
  readonly operations: number;
  /** Whether W itself can be trained. */
  readonly trainable?: boolean;
  /** W z; of `w` where W is trained. */
  project(z: Float32Array, w?: ArrayLike<number>): Float32Array;
}

/** A projection: a family of fixed linear maps. */
export type RuntimeProjection = (rows: number, columns: number, key: RandomKey) => BoundProjection;

/** Binds the parameterization of a spec, a name or an object with `use`; its constants are called `constants` and their name. */
export type Bind = (spec: unknown, space: Space, constants: string) => BoundMap;

/**
 * A parameterization from its options for a space, and how one that wraps another binds that.
 *
 * @throws RUNTIME_INVALID_BUNDLE for options that are not its own, and what does not fit the space
 */
export type RuntimeParameterization = (spec: Spec, space: Space, bind: Bind, constants: string) => BoundMap;

/** The numbers of a tensor that has been checked to be float32 if it is there. */
export const floats = (tensors: Tensors, name: string): Float32Array | undefined =>
  tensors.get(name)?.data as Float32Array | undefined;
