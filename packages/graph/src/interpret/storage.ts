// Arrays that hold the elements of a value.
import { sizeOf } from '@mapping-networks/core';
import { ARRAYS } from '../ir/arrays.ts';
import type { ElementArray, ValueType } from '../ir/value-type.ts';

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
