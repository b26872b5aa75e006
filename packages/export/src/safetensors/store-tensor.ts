// A tensor of weights as arrays of a file: in fewer bits where it has a format, without its zeros where that is smaller.
import {
  encodeHalf,
  float32,
  int32,
  type ArrayTensor,
  type StoredArray,
  type StoredArrays,
  type WeightFormat,
  type WeightGrid,
} from '@mapping-networks/core';
import { packNibbles } from '@mapping-networks/runtime/canonical';
import { packFlags } from './bits.ts';
import { MASK, SCALES, ZERO_POINTS, type StoredTensor } from './stored.ts';

export interface Stored {
  readonly arrays: StoredArrays;
  readonly tensor: StoredTensor;
}

export const storeTensor = (
  name: string,
  { data, shape }: ArrayTensor,
  format: WeightFormat | undefined,
  maySparse: boolean,
): Stored => {
  const values = Float32Array.from(data);
  const dense = arraysOf(name, values, shape, format, undefined);
  const described: Omit<StoredTensor, 'sparse'> = {
    shape,
    type: format?.type ?? 'float32',
    axis: format && 'codes' in format ? (format.axis ?? null) : null,
  };
  // −0 is a number that has to come back.
  const kept = Int32Array.from(values.keys()).filter((i) => !Object.is(values[i], 0));
  if (!maySparse || kept.length === values.length)
    return { arrays: dense, tensor: { ...described, sparse: false } };
  const flags = packFlags(values.length, (i) => !Object.is(values[i], 0));
  const mask: StoredArray = { dtype: 'uint8', shape: [flags.length], data: flags };
  const sparse = { ...arraysOf(name, values, shape, format, kept), [name + MASK]: mask };
  return bytesOf(sparse) < bytesOf(dense)
    ? { arrays: sparse, tensor: { ...described, sparse: true } }
    : { arrays: dense, tensor: { ...described, sparse: false } };
};

const bytesOf = (arrays: StoredArrays): number =>
  Object.values(arrays).reduce((sum, { data }) => sum + data.byteLength, 0);

/** The arrays of all values, in the shape of the tensor, or of those at `kept`, flat. */
const arraysOf = (
  name: string,
  values: Float32Array,
  shape: readonly number[],
  format: WeightFormat | undefined,
  kept: Int32Array | undefined,
): StoredArrays => {
  const chosen = kept ? Float32Array.from(kept, (i) => values[i] ?? 0) : values;
  const chosenShape = kept ? [kept.length] : shape;
  if (format === undefined) return { [name]: float32(chosen, chosenShape) };
  if (!('codes' in format)) {
    const { type } = format;
    return { [name]: { dtype: type, shape: chosenShape, data: encodeHalf(type, chosen) } };
  }
  return gridArrays(
    name,
    format,
    kept ? Int8Array.from(kept, (i) => format.codes[i] ?? 0) : format.codes,
    chosenShape,
  );
};

const gridArrays = (
  name: string,
  { type, scales, zeroPoints }: WeightGrid,
  codes: Int8Array,
  shape: readonly number[],
): StoredArrays => {
  const nibbles = type === 'int4' ? packNibbles(codes) : undefined;
  return {
    [name]: nibbles
      ? { dtype: 'uint8', shape: [nibbles.length], data: nibbles }
      : { dtype: 'int8', shape, data: codes },
    [name + SCALES]: float32(scales),
    // All 0 for symmetric grids.
    ...(zeroPoints.some((point) => point !== 0) && { [name + ZERO_POINTS]: int32(zeroPoints) }),
  };
};
