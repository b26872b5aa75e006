// What is known of a value before any numbers exist.

/** Element types of a graph. `bool` is what comparisons yield; inputs and outputs are float32 or int32. */
export type DType = 'float32' | 'int32' | 'bool';

/** Shape and element type of a value. Every dimension is known. */
export interface ValueType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** The array that holds elements of a type: bool as bytes of 0 and 1. */
export type ElementArray = Float32Array | Int32Array | Uint8Array;
