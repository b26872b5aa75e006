// One tensor in the bits of TensorFlow.js: an entry of the weights manifest, and the bytes that it describes.
import { decodeHalf, encodeHalf, type WeightFormat } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import { bytesOf } from '../bytes.ts';

/** What TensorFlow.js turns back into float32 when it loads. */
export type TfjsQuantization = 'none' | 'float16' | 'uint16' | 'uint8';

/** The entry `quantization` of a weight: value = code · scale + min, or half precision. */
type Quantization =
  | { readonly dtype: 'float16'; readonly original_dtype: 'float32' }
  | {
      readonly dtype: 'uint8' | 'uint16';
      readonly original_dtype: 'float32';
      readonly scale: number;
      readonly min: number;
    };

export interface EncodedWeight {
  readonly bytes: Uint8Array;
  readonly quantization?: Quantization;
}

/** What is done to a tensor: kernels are put on a grid, vectors (biases, statistics) are few and stay as they are. */
export const roundingOf = (shape: readonly number[], as: TfjsQuantization): TfjsQuantization =>
  shape.length < 2 && (as === 'uint8' || as === 'uint16') ? 'none' : as;

export const encodeValues = (values: Float32Array, as: TfjsQuantization): EncodedWeight =>
  match(as)
    .with('none', () => ({ bytes: bytesOf(values) }))
    .with('float16', () => half(values))
    .otherwise((dtype) => onGrid(values, dtype));

/** In float32 where a number is too large for half precision. */
const half = (values: Float32Array): EncodedWeight => {
  const bits = encodeHalf('float16', values);
  const lost = decodeHalf('float16', bits).some(
    (value, i) => !Object.is(value, values[i]) && !Number.isFinite(value),
  );
  if (lost) return { bytes: bytesOf(values) };
  return { bytes: bytesOf(bits), quantization: { dtype: 'float16', original_dtype: 'float32' } };
};

/** From the least to the greatest value in equal steps. Zero, if it is between them, is one of the steps. */
const onGrid = (values: Float32Array, dtype: 'uint8' | 'uint16'): EncodedWeight => {
  const most = dtype === 'uint8' ? 255 : 65_535;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  // One number only: the code is 0 everywhere.
  const scale = greatest > least ? (greatest - least) / most : 1;
  const crosses = least < 0 && greatest > 0;
  const min = crosses ? Math.round(least / scale) * scale : least;
  const code = (value: number): number => Math.min(most, Math.max(0, Math.round((value - min) / scale)));
  const codes = dtype === 'uint8' ? Uint8Array.from(values, code) : Uint16Array.from(values, code);
  return { bytes: bytesOf(codes), quantization: { dtype, original_dtype: 'float32', scale, min } };
};

/** Values in the bits that hold them exactly, where the manifest has a way to write them; else in float32. */
export const encodeExactly = (values: Float32Array, format: WeightFormat | undefined): EncodedWeight => {
  if (format?.type === 'float16') return half(values);
  const [scale, ...others] = format && 'codes' in format ? format.scales : [];
  // The manifest knows one scale for a tensor.
  if (format === undefined || !('codes' in format) || scale === undefined || others.length > 0)
    return encodeValues(values, 'none');
  const codes = Uint8Array.from(format.codes, (code) => code + 128);
  const min = -scale * (128 + (format.zeroPoints[0] ?? 0));
  return { bytes: codes, quantization: { dtype: 'uint8', original_dtype: 'float32', scale, min } };
};
