// The one idea of the project: a differentiable function from a few trainables (and a seed inside the options)
// to all parameters of a target. Everything else knows this contract and no parameterization by name.
import type { WeightGrid } from '@mapping-networks/runtime/canonical';
import type * as tf from '@tensorflow/tfjs-core';
import type { ArrayTensor, NamedArrays, NamedTensors, TensorSpec } from '../arrays.ts';
import type { Part } from '../plugin/part.ts';
import type { RandomRows } from '../random/rows.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';

/**
 * The contract of kind `parameterization`: a differentiable, seeded function from trainables to all parameters of a
 * space.
 */
export interface Parameterization {
  /** A good peak learning rate for Adam on these trainables; what `train` uses when the user names none. */
  readonly learningRate: number;
  /**
   * Where what is stored are not the parameters but tensors that they are made of, such as the factors of matrices: who
   * makes those. A pass that stores numbers in fewer bits works there; zeros are a matter of the parameters.
   */
  readonly around?: AroundParameterization;
  /**
   * Arrays that the map needs and that no seed makes, such as a mask: they are not trained, and stored with the network.
   * Most maps need none.
   */
  constants?(space: ParameterSpace): readonly ConstantSpec[];
  /**
   * Fixes the map for one parameter space. Cheap: no tensors, no large arrays. `constants` holds the arrays that
   * `constants(space)` names; without them the map still tells its `trainables`.
   */
  bind(space: ParameterSpace, constants?: NamedArrays): ParameterMap;
}

/** A parameterization that makes parameters of other tensors, and the one that makes those. */
export interface AroundParameterization {
  readonly inner: Part<'parameterization'>;
  /** The same around another. Its trainables are those of `inner`, its constants too, under the prefix `inner/`. */
  with(inner: Part<'parameterization'>): Part<'parameterization'>;
}

/** An array that a map is bound with. */
export interface ConstantSpec extends TensorSpec {
  readonly dtype: ArrayTensor['dtype'];
  /** How a bundle stores it in fewer bytes than its numbers take. Absent: as they are. */
  readonly coding?: ConstantCoding;
}

/**
 * A constant as bytes. What the map makes of the trainables may help to foretell it: they are those that the same file
 * holds, of the whole network, as its reader gets them.
 */
export interface ConstantCoding {
  /** There is always a byte, and never more than these: longer ones are refused before they are looked at. */
  readonly mostBytes: number;
  /** What `decode` costs, in operations like those of `ParameterMap`. */
  operations(): number;
  /** The same bytes on every machine. */
  encode(array: ArrayTensor, trainables: NamedArrays): Uint8Array;
  /** The array, in the shape and type of its spec. Throws a MappingNetworksError for bytes that stand for none. */
  decode(bytes: Uint8Array, trainables: NamedArrays): ArrayTensor;
}

export type { RandomRows, WeightGrid };

/** How few bits hold the values of a tensor exactly. */
export type WeightFormat = { readonly type: 'float16' | 'bfloat16' } | WeightGrid;

/** A parameterization bound to the parameters of one target. */
export interface ParameterMap {
  readonly space: ParameterSpace;
  /** What training changes. */
  readonly trainables: readonly TensorSpec[];
  /** Fresh trainables for a run's seed (the map itself is seeded by the options, not by this). */
  init(seed: number): NamedArrays;
  /** The constants that `materialize` needs, computed anew at each call: upload once, keep as long as needed. */
  frozen(): NamedArrays;
  /**
   * The random bits and subsets that the arrays of `frozen()` are made of, so that whoever stores those can store seeds
   * instead. A hint: its readers draw them, and compare.
   */
  randomRows?(): readonly RandomRows[];
  /** All parameters by name, each in its shape. Pure and differentiable in `trainables`. */
  materialize(trainables: NamedTensors, frozen: NamedTensors): NamedTensors;
  /**
   * The canonical generator: θ as one flat float32 array in the order of the space, the same bits on every machine.
   * `materialize` agrees with it to 1e-5 relative; fingerprints are made of it.
   */
  generate(trainables: NamedArrays): Float32Array;
  /** What `generate` costs, in simple operations of about a nanosecond each, where the map can tell. */
  readonly operations?: number;
  /**
   * θ in chunks of about `size` numbers, where the map can be cut: one entry for each stretch of θ that has operations
   * of its own. `compileGenerator` uses it. A map without it, or without it now (undefined), is computed at once.
   */
  chunks?(size: number): readonly MapChunks[] | undefined;
  /**
   * How the parameters that `generate` makes can be stored in fewer bits without loss, by name. Absent: in float32.
   */
  formats?(trainables: NamedArrays): Readonly<Record<string, WeightFormat>>;
  /**
   * The tensors that are products, by name: U `[m, r]` and V `[r, n]`, where the tensor, as a matrix whose columns are its
   * last side, is U V to rounding. A network may hold them instead of it. Absent: there are none.
   */
  factors?(trainables: NamedArrays): Readonly<Record<string, MatrixFactors>>;
  /**
   * Set where values are rounded to a grid, and a number says to what part of its tensor's largest value: beside a
   * boundary `materialize` may round to the other side than `generate`.
   */
  readonly rounding?: number;
  /** Exact regularisers of the map, where it has them. */
  readonly regularizers: Readonly<Partial<Record<RegularizerName, Regularizer>>>;
}

/** The two matrices of a product U V, and in how few bits each can be stored without loss; absent: in float32. */
export interface MatrixFactors {
  readonly u: ArrayTensor;
  readonly v: ArrayTensor;
  readonly formats?: { readonly u?: WeightFormat; readonly v?: WeightFormat };
}

/** A stretch of θ in chunks, all computed by the same operations: one compiled step serves them all. */
export interface MapChunks {
  /** How many there are. */
  readonly count: number;
  /** The constants that all chunks share. */
  frozen(): NamedArrays;
  /**
   * What `forward` needs besides for chunk k, made of constants and trainables: the same names and shapes for every k.
   * `reuse` is what an earlier call gave and nobody reads any more: its arrays may be written to instead of new ones.
   */
  inputs(k: number, trainables: NamedArrays, reuse?: NamedArrays): NamedArrays;
  /** The values of a chunk, flat. Pure. */
  forward(inputs: NamedTensors): tf.Tensor1D;
  /** Writes θ of chunk k, made of its values, to its place in `theta`; all of θ is the work of all chunks. */
  place(k: number, values: Float32Array, theta: Float32Array): void;
}

/** `smoothness` is ‖∂θ/∂z‖²_F, `alignment` is 1 − cos(z, mean row of the map). */
export type RegularizerName = 'smoothness' | 'alignment';

/** A differentiable scalar of a bound map that a loss term may add, such as the squared norm of its Jacobian. */
export interface Regularizer {
  /** Constants of its own, given to `evaluate` beside those of the map. */
  frozen(): NamedArrays;
  /** A differentiable scalar. `frozen` holds the map's constants and this regulariser's. */
  evaluate(trainables: NamedTensors, frozen: NamedTensors): tf.Scalar;
  /** Set when the value cannot change in training; says why. Its gradient is identically zero. */
  readonly constantBecause?: string;
}
