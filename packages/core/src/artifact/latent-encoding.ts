// Trainables in fewer bits. A model says on which grid each of them lies, and a bundle stores codes; the numbers that are
// read back are the float32 ones that the fingerprint was made of, bit for bit.
import { packNibbles, unpackNibbles } from '@mapping-networks/runtime/canonical';
import { float32, sizeOf, type ArrayTensor, type TensorSpec } from '../arrays.ts';
import { invalidEncoding, offGrid } from '../errors.ts';
import { decodeHalf, encodeHalf, type HalfType } from './half.ts';
import type { StoredArray, StoredArrays } from './stored-array.ts';

/** In how few bits a trainable is stored. */
export type LatentEncoding = { readonly type: HalfType } | LatentGrid;

/** Values scale · code, rounded to float32; codes of −128 … 127 or −8 … 7. */
export interface LatentGrid {
  readonly type: 'int8' | 'int4';
  /** How many values in a row share a scale, at least 1; absent: all of the trainable. The last block may be shorter. */
  readonly block?: number;
  /** One for each block, in order; finite and above 0. */
  readonly scales: Float32Array;
}

type Blocks = Omit<LatentGrid, 'type'>;

/** What config.json says of an encoding: all but the scales. */
export type EncodingConfig =
  | { readonly type: HalfType }
  | { readonly type: LatentGrid['type']; readonly block?: number };

/** Scales stand beside the trainables under this prefix. */
export const SCALE = 'scale/';

/** A stored array before any numbers exist. */
export type StoredSpec = TensorSpec & Pick<StoredArray, 'dtype'>;

const blocksOf = (size: number, block: number | undefined): number =>
  block === undefined ? 1 : Math.ceil(size / block);

/** The arrays that a trainable takes in a file. */
export const storedSpecs = (
  { name, shape }: TensorSpec,
  encoding: EncodingConfig | undefined,
): readonly StoredSpec[] => {
  if (encoding === undefined) return [{ name, shape, dtype: 'float32' }];
  const { type } = encoding;
  if (type !== 'int8' && type !== 'int4') return [{ name, shape, dtype: type }];
  const size = sizeOf(shape);
  return [
    { name: SCALE + name, shape: [blocksOf(size, encoding.block)], dtype: 'float32' },
    type === 'int8' ? { name, shape, dtype: 'int8' } : { name, shape: [Math.ceil(size / 2)], dtype: 'uint8' },
  ];
};

/** @throws CORE_INVALID_ENCODING unless there is a scale above 0 for each block of `size` values */
const requireScales = (name: string, size: number, { block, scales }: Blocks): void => {
  if (block !== undefined && !(Number.isInteger(block) && block >= 1))
    throw invalidEncoding(name, `expected blocks of at least 1 value, got ${block}`);
  const count = blocksOf(size, block);
  if (scales.length !== count) throw invalidEncoding(name, `expected ${count} scales, got ${scales.length}`);
  const flaw = scales.findIndex((scale) => !(scale > 0 && scale < Infinity));
  if (flaw >= 0)
    throw invalidEncoding(name, `expected scales above 0, got ${scales[flaw]} for block ${flaw}`);
};

const scaleAt = ({ block, scales }: Blocks, i: number): number =>
  scales[block === undefined ? 0 : Math.floor(i / block)] ?? 0;

/**
 * The arrays of a trainable in a file.
 *
 * @throws CORE_OFF_GRID for a value that would come back as another, CORE_INVALID_ENCODING
 */
export const storeTrainable = (
  name: string,
  array: ArrayTensor,
  encoding: LatentEncoding | undefined,
): StoredArrays => {
  if (encoding === undefined || array.dtype !== 'float32') return { [name]: array };
  const { data, shape } = array;
  if (!('scales' in encoding)) {
    const bits = encodeHalf(encoding.type, data);
    requireSame(name, encoding.type, decodeHalf(encoding.type, bits), data);
    return { [name]: { dtype: encoding.type, shape, data: bits } };
  }
  requireScales(name, data.length, encoding);
  const [least, most] = encoding.type === 'int8' ? [-128, 127] : [-8, 7];
  const codes = Int8Array.from(data, (value, i) =>
    Math.min(most, Math.max(least, Math.round(value / scaleAt(encoding, i)))),
  );
  requireSame(name, encoding.type, valuesOf(codes, encoding), data);
  const stored: StoredArray =
    encoding.type === 'int8'
      ? { dtype: 'int8', shape, data: codes }
      : { dtype: 'uint8', shape: [Math.ceil(data.length / 2)], data: packNibbles(codes) };
  return { [SCALE + name]: float32(encoding.scales), [name]: stored };
};

const requireSame = (name: string, type: string, read: Float32Array, data: Float32Array): void => {
  const place = data.findIndex((value, i) => !Object.is(value, read[i]));
  if (place >= 0) throw offGrid(name, type, place, data[place] ?? Number.NaN);
};

const valuesOf = (codes: Int8Array, grid: Blocks): Float32Array =>
  Float32Array.from(codes, (code, i) => scaleAt(grid, i) * code);

/**
 * A trainable and its encoding, from arrays that have the types and shapes of `storedSpecs`.
 *
 * @throws CORE_INVALID_ENCODING
 */
export const readTrainable = (
  { name, shape }: TensorSpec,
  config: EncodingConfig | undefined,
  stored: StoredArrays,
): { readonly array: ArrayTensor; readonly encoding?: LatentEncoding } => {
  const { dtype, data } = stored[name] as StoredArray;
  if (data instanceof Float32Array) return { array: float32(data, shape) };
  if (dtype === 'float16' || dtype === 'bfloat16')
    return { array: float32(decodeHalf(dtype, data), shape), encoding: { type: dtype } };
  const size = sizeOf(shape);
  const block = config && 'block' in config ? config.block : undefined;
  const grid = { ...(block !== undefined && { block }), scales: stored[SCALE + name]?.data as Float32Array };
  requireScales(name, size, grid);
  if (data instanceof Int8Array)
    return { array: float32(valuesOf(data, grid), shape), encoding: { type: 'int8', ...grid } };
  const bytes = data as Uint8Array;
  if (size % 2 === 1 && (bytes.at(-1) ?? 0) > 15)
    throw invalidEncoding(name, 'expected nothing after its last code, got another');
  const codes = unpackNibbles(bytes, size);
  return { array: float32(valuesOf(codes, grid), shape), encoding: { type: 'int4', ...grid } };
};
