// The safetensors format (huggingface.co/docs/safetensors): 8 bytes of header length, a JSON header, the data. Read with
// every offset checked before anything is allocated; written in one deterministic form.
import { float32, int32, sizeOf, type ArrayTensor, type NamedArrays } from '../arrays.ts';
import { invalidSafetensors, reservedTensorName } from '../errors.ts';
import { quoted, shownShape } from '../shown.ts';
import { MOST_HEADER_BYTES } from './bounds.ts';
import { decodeHalf } from './half.ts';
import { littleEndian, nativeCopy } from './little-endian.ts';
import { METADATA, safetensorsHeader, type Fail, type HeaderEntry } from './safetensors-header.ts';
import { FROM_BYTES, TAGS, type StoredArray, type StoredArrays } from './stored-array.ts';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly arrays: StoredArrays;
  /** Texts by name, `__metadata__` of the header. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Arrays as a safetensors file; names in the order given, `metadata` in the header before them.
 *
 * @throws CORE_RESERVED_TENSOR_NAME for an array called `__metadata__` or `__proto__`
 * @example
 * ```ts
 * import { encodeSafetensors, float32 } from '@mapping-networks/core';
 * console.log(encodeSafetensors({ z: float32(new Float32Array(2072)) }).length); // 8360
 * ```
 */
export const encodeSafetensors = (
  arrays: StoredArrays,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => {
  const reserved = [METADATA, '__proto__'].find((name) => Object.hasOwn(arrays, name));
  if (reserved !== undefined) throw reservedTensorName(reserved);
  let offset = 0;
  const header = Object.entries(arrays).map(([name, { dtype, shape, data }]) => {
    const begin = offset;
    offset += data.byteLength;
    return [name, { dtype: TAGS[dtype], shape, data_offsets: [begin, offset] }] as const;
  });
  const beside = Object.keys(metadata).length === 0 ? [] : [[METADATA, metadata] as const];
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...beside, ...header])));
  // Data starts at a multiple of 8; the header is padded with spaces, as the format asks.
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const out = new Uint8Array(8 + headerBytes + offset).fill(0x20, 8, 8 + headerBytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerBytes), true);
  out.set(text, 8);
  let at = 8 + headerBytes;
  for (const { data } of Object.values(arrays)) {
    out.set(littleEndian(data), at);
    at += data.byteLength;
  }
  return out;
};

/**
 * The arrays of a safetensors file, contiguous, none overlapping, all bytes used: F32 and I32 as they are, F16 and BF16
 * as float32, I8 and U8 as int32, which takes 2 and 4 times the memory. The format has no checksum: altered numbers pass,
 * and so do NaN and infinities.
 *
 * @throws CORE_INVALID_SAFETENSORS naming `file` and what is wrong
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors, float32 } from '@mapping-networks/core';
 * const bytes = encodeSafetensors({ z: float32(Float32Array.of(1, 2)) });
 * console.log(decodeSafetensors(bytes)['z']?.data); // Float32Array [1, 2]
 * ```
 */
export const decodeSafetensors = (bytes: Uint8Array, file = 'safetensors'): NamedArrays =>
  Object.fromEntries(
    Object.entries(parseSafetensors(bytes, file).arrays).map(([name, stored]) => [name, widened(stored)]),
  );

const widened = (stored: StoredArray): ArrayTensor => {
  const { dtype, shape, data } = stored;
  if (dtype === 'float32' || dtype === 'int32') return stored;
  return dtype === 'float16' || dtype === 'bfloat16'
    ? float32(decodeHalf(dtype, data), shape)
    : int32(Int32Array.from(data), shape);
};

/**
 * The arrays of a safetensors file as they are stored, and the texts that stand beside them.
 *
 * @throws CORE_INVALID_SAFETENSORS naming `file` and what is wrong
 * @example
 * ```ts
 * import { encodeSafetensors, float32, parseSafetensors } from '@mapping-networks/core';
 * const bytes = encodeSafetensors({ z: float32(Float32Array.of(1, 2)) }, { step: '7' });
 * console.log(parseSafetensors(bytes).metadata['step']); // 7
 * ```
 */
export const parseSafetensors = (bytes: Uint8Array, file = 'safetensors'): Safetensors => {
  const fail: Fail = (problem) => {
    throw invalidSafetensors(file, problem);
  };
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, fewer than the 8 of the header length`);
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (headerBytes > bytes.length - 8)
    fail(`its header claims ${headerBytes} bytes, the file has ${bytes.length}`);
  if (headerBytes > MOST_HEADER_BYTES)
    fail(`its header claims ${headerBytes} bytes, more than ${MOST_HEADER_BYTES}`);
  const dataStart = 8 + Number(headerBytes);
  const data = bytes.subarray(dataStart);
  const { entries, metadata } = safetensorsHeader(bytes.subarray(8, dataStart), fail);
  const placed = inOrder(entries, data.length, fail);
  return { arrays: Object.fromEntries(placed.map((entry) => [entry.name, arrayOf(entry, data)])), metadata };
};

/** The entries by their place, each starting where the one before ends, the last one at the end of the data. */
const inOrder = (entries: readonly HeaderEntry[], dataBytes: number, fail: Fail): readonly HeaderEntry[] => {
  const placed = entries.toSorted((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { name, dtype, shape, from, to } of placed) {
    if (from !== end) fail(`tensor ${quoted(name)} starts at byte ${from}, expected ${end}`);
    if (to - from !== FROM_BYTES[dtype].width * sizeOf(shape))
      fail(`tensor ${quoted(name)} has ${to - from} bytes for shape ${shownShape(shape)}`);
    if (to > dataBytes)
      fail(`tensor ${quoted(name)} ends at byte ${to} of ${dataBytes}: the file is truncated`);
    end = to;
  }
  if (end !== dataBytes) fail(`it has ${dataBytes - end} bytes after the last tensor`);
  return placed;
};

const arrayOf = ({ dtype, shape, from, to }: HeaderEntry, data: Uint8Array): StoredArray => {
  const { width, make } = FROM_BYTES[dtype];
  return make(shape, nativeCopy(data.subarray(from, to), width));
};
