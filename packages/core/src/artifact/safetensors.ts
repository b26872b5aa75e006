// The safetensors format (huggingface.co/docs/safetensors): 8 bytes of header length, a JSON header, the data. Read with
// every offset checked before anything is allocated; written in one deterministic form.
import { float32, int32, sizeOf, type ArrayTensor, type NamedArrays } from '../arrays.ts';
import { invalidSafetensors } from '../errors.ts';
import { littleEndian, nativeCopy } from './little-endian.ts';

const DTYPES = { float32: 'F32', int32: 'I32' } as const;

/** Headers above this are refused, as in the reference implementation. */
const MOST_HEADER_BYTES = 100_000_000;

/**
 * Arrays as a safetensors file; names in the order given.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, float32 } from '@mapping-networks/core';
 * console.log(encodeSafetensors({ z: float32(new Float32Array(2072)) }).length); // 8360
 * ```
 */
export const encodeSafetensors = (arrays: NamedArrays): Uint8Array => {
  let offset = 0;
  const header = Object.entries(arrays).map(([name, { dtype, shape, data }]) => {
    const begin = offset;
    offset += data.byteLength;
    return [name, { dtype: DTYPES[dtype], shape, data_offsets: [begin, offset] }] as const;
  });
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
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
 * The arrays of a safetensors file: float32 and int32, contiguous, none overlapping, all bytes used.
 *
 * @throws CORE_INVALID_SAFETENSORS naming `file` and what is wrong
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors, float32 } from '@mapping-networks/core';
 * const bytes = encodeSafetensors({ z: float32(Float32Array.of(1, 2)) });
 * console.log(decodeSafetensors(bytes)['z']?.data); // Float32Array [1, 2]
 * ```
 */
export const decodeSafetensors = (bytes: Uint8Array, file = 'safetensors'): NamedArrays => {
  const fail = (problem: string): never => {
    throw invalidSafetensors(file, problem);
  };
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, fewer than the 8 of the header length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > Math.min(MOST_HEADER_BYTES, bytes.length - 8)) {
    fail(`its header claims ${headerBytes} bytes, the file has ${bytes.length}`);
  }
  const data = bytes.subarray(8 + headerBytes);
  const entries = headerEntries(bytes.subarray(8, 8 + headerBytes), fail);
  const arrays: Record<string, ArrayTensor> = {};
  let end = 0;
  for (const { name, dtype, shape, from, to } of entries.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) fail(`tensor '${name}' starts at byte ${from}, expected ${end}`);
    if (to - from !== 4 * sizeOf(shape))
      fail(`tensor '${name}' has ${to - from} bytes for shape [${shape.join(', ')}]`);
    if (to > data.length)
      fail(`tensor '${name}' ends at byte ${to} of ${data.length}: the file is truncated`);
    end = to;
    const buffer = nativeCopy(data.subarray(from, to));
    const array =
      dtype === 'F32' ? float32(new Float32Array(buffer), shape) : int32(new Int32Array(buffer), shape);
    Object.defineProperty(arrays, name, {
      value: array,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  if (end !== data.length) fail(`it has ${data.length - end} bytes after the last tensor`);
  return arrays;
};

interface HeaderEntry {
  readonly name: string;
  readonly dtype: 'F32' | 'I32';
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

const headerEntries = (bytes: Uint8Array, fail: (problem: string) => never): HeaderEntry[] => {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fail('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    fail('its header is not an object');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]: [string, unknown]) => headerEntry(name, entry, fail));
};

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const headerEntry = (name: string, entry: unknown, fail: (problem: string) => never): HeaderEntry => {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (dtype !== 'F32' && dtype !== 'I32')
    return fail(`tensor '${name}' has dtype ${String(dtype)}, expected F32 or I32`);
  if (!Array.isArray(shape) || !shape.every(isSize)) return fail(`tensor '${name}' has no valid shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    return fail(`tensor '${name}' has no valid data_offsets`);
  }
  const [from, to] = offsets as [number, number];
  return { name, dtype, shape, from, to };
};
