// Arrays as files hold them: those that networks compute with, and narrower ones that are packed into fewer bytes.
import type { ArrayTensor } from '../arrays.ts';

/** An array of a safetensors file: float32 and int32 as everywhere, half precision as bits, bytes as they are. */
export type StoredArray =
  | ArrayTensor
  | { readonly dtype: 'float16' | 'bfloat16'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly dtype: 'int8'; readonly shape: readonly number[]; readonly data: Int8Array }
  | { readonly dtype: 'uint8'; readonly shape: readonly number[]; readonly data: Uint8Array };

/** Stored arrays by name. */
export type StoredArrays = Readonly<Record<string, StoredArray>>;

/** The type of an array as a header of safetensors writes it. */
export const TAGS = {
  float32: 'F32',
  int32: 'I32',
  float16: 'F16',
  bfloat16: 'BF16',
  int8: 'I8',
  uint8: 'U8',
} as const;

/** What may stand as `dtype` in a header. */
export type Tag = (typeof TAGS)[keyof typeof TAGS];

/** How an array of each type is made of its bytes, which are in the order of the machine. */
export const FROM_BYTES: Readonly<
  Record<
    Tag,
    {
      readonly width: 1 | 2 | 4;
      readonly make: (shape: readonly number[], bytes: ArrayBuffer) => StoredArray;
    }
  >
> = {
  F32: { width: 4, make: (shape, bytes) => ({ dtype: 'float32', shape, data: new Float32Array(bytes) }) },
  I32: { width: 4, make: (shape, bytes) => ({ dtype: 'int32', shape, data: new Int32Array(bytes) }) },
  F16: { width: 2, make: (shape, bytes) => ({ dtype: 'float16', shape, data: new Uint16Array(bytes) }) },
  BF16: { width: 2, make: (shape, bytes) => ({ dtype: 'bfloat16', shape, data: new Uint16Array(bytes) }) },
  I8: { width: 1, make: (shape, bytes) => ({ dtype: 'int8', shape, data: new Int8Array(bytes) }) },
  U8: { width: 1, make: (shape, bytes) => ({ dtype: 'uint8', shape, data: new Uint8Array(bytes) }) },
};

export const isTag = (text: unknown): text is Tag =>
  typeof text === 'string' && Object.hasOwn(FROM_BYTES, text);
