// Arrays that hold the elements of a value: rounding to float32, int32 or bool is what storing into them does.
import { sizeOf } from '@mapping-networks/core';
import type { DType, ElementArray, ValueType } from '../ir/value-type.ts';

const ARRAYS = {
  bool: Uint8Array,
  float32: Float32Array,
  int32: Int32Array,
} as const satisfies Record<DType, unknown>;

/** Zeros for a value of this type. */
export const allocate = ({ shape, dtype }: ValueType): ElementArray => new ARRAYS[dtype](sizeOf(shape));

/** The elements of `from` at these offsets, in this order. */
export const take = (type: ValueType, from: ElementArray, at: Int32Array): ElementArray => {
  const result = allocate(type);
  for (let i = 0; i < result.length; i++) result[i] = from[at[i] as number] as number;
  return result;
};

/** Stores float64 results in the type of the node. */
export const store = (type: ValueType, values: Float64Array): ElementArray => {
  const result = allocate(type);
  for (let i = 0; i < result.length; i++) result[i] = values[i] as number;
  return result;
};
