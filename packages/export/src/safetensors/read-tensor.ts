// Arrays of a file back to a dense tensor of float32, the same bits as were stored.
import {
  decodeHalf,
  float32,
  quoted,
  sizeOf,
  type ArrayTensor,
  type WeightGrid,
} from '@mapping-networks/core';
import { dequantize } from '@mapping-networks/quantize';
import { unpackNibbles } from '@mapping-networks/runtime/canonical';
import { flagAt } from './bits.ts';
import { MASK, SCALES, ZERO_POINTS, type StoredTensor } from './stored.ts';

/** The numbers of an array in a file, by dtype. */
export interface DataOf {
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly float16: Uint16Array;
  readonly bfloat16: Uint16Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
}

/** Takes an array out of a file, of this dtype and length; refuses the file where it is not there. */
export type TakeArray = <T extends keyof DataOf>(name: string, dtype: T, length: number) => DataOf[T];

export type Fail = (problem: string) => never;

export const readTensor = (
  name: string,
  stored: StoredTensor,
  take: TakeArray,
  has: (name: string) => boolean,
  fail: Fail,
): ArrayTensor => {
  const { shape, sparse } = stored;
  const size = sizeOf(shape);
  const places = sparse
    ? placesOf(name, take(name + MASK, 'uint8', Math.ceil(size / 8)), size, fail)
    : undefined;
  const values = valuesOf(name, stored, places, size, { take, has, fail });
  if (!values.every(Number.isFinite)) fail(`tensor ${quoted(name)} has numbers that are not finite`);
  return float32(values, shape);
};

/** The indices whose flags are set. */
const placesOf = (name: string, flags: Uint8Array, size: number, fail: Fail): Int32Array => {
  let count = 0;
  for (let i = 0; i < 8 * flags.length; i++) {
    if (!flagAt(flags, i)) continue;
    if (i >= size) fail(`the mask of tensor ${quoted(name)} has flags beyond its end`);
    count++;
  }
  const places = new Int32Array(count);
  for (let i = 0, at = 0; i < size; i++) if (flagAt(flags, i)) places[at++] = i;
  return places;
};

interface Source {
  readonly take: TakeArray;
  readonly has: (name: string) => boolean;
  readonly fail: Fail;
}

const valuesOf = (
  name: string,
  { shape, type, axis }: StoredTensor,
  places: Int32Array | undefined,
  size: number,
  source: Source,
): Float32Array<ArrayBufferLike> => {
  const { take } = source;
  const count = places?.length ?? size;
  if (type === 'float32') return spread(take(name, 'float32', count), places, size);
  if (type === 'float16' || type === 'bfloat16')
    return spread(decodeHalf(type, take(name, type, count)), places, size);
  const packed =
    type === 'int4'
      ? unpackNibbles(take(name, 'uint8', Math.ceil(count / 2)), count)
      : take(name, 'int8', count);
  const codes = new Int8Array(size);
  packed.forEach((code, i) => (codes[places ? (places[i] ?? 0) : i] = code));
  const grid: WeightGrid = {
    type,
    codes,
    ...(axis !== null && { axis }),
    ...scalesOf(name, shape, axis, source),
  };
  const values = dequantize(grid, shape);
  return places
    ? spread(
        Float32Array.from(places, (place) => values[place] ?? 0),
        places,
        size,
      )
    : values;
};

const scalesOf = (
  name: string,
  shape: readonly number[],
  axis: number | null,
  { take, has, fail }: Source,
): Pick<WeightGrid, 'scales' | 'zeroPoints'> => {
  const slices = axis === null ? 1 : (shape[axis] ?? fail(`tensor ${quoted(name)} has no axis ${axis}`));
  const scales = take(name + SCALES, 'float32', slices);
  const zeroPoints = has(name + ZERO_POINTS)
    ? take(name + ZERO_POINTS, 'int32', slices)
    : new Int32Array(slices);
  return { scales, zeroPoints };
};

/** Values at their places among zeros. */
const spread = (
  values: Float32Array,
  places: Int32Array | undefined,
  size: number,
): Float32Array<ArrayBufferLike> => {
  if (places === undefined) return values;
  const dense = new Float32Array(size);
  places.forEach((place, i) => (dense[place] = values[i] ?? 0));
  return dense;
};
