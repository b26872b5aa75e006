// Element types of TensorFlow.js that a graph has.
import { unsupportedType } from '../errors.ts';
import type { DType } from '../ir/value-type.ts';

const DTYPES: readonly string[] = ['float32', 'int32', 'bool'] satisfies DType[];

/** @throws GRAPH_UNSUPPORTED_TYPE for strings and complex numbers */
export const supportedType = (dtype: string): DType => {
  if (!DTYPES.includes(dtype)) throw unsupportedType(dtype);
  return dtype as DType;
};
